// Announcements: what a step comes to is read out when it changes.

const rested = () => {
  for (const said of document.querySelectorAll(`[class*=${STREAMLIT.key}takeaway]:not([role])`))
    said.setAttribute('role', 'status')
}

duties.push({ rested })
