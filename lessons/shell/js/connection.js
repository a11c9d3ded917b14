// Connection: what the learner presses while the page has no server, or one that does not know it yet; see `connection.py`.

// Connected again, the page has asked for itself, and until it is there the server may be a new one that drops what is
// pressed in a step. The last press of that time waits.
let answered = true
let asked = false
let press

const hold = event => {
  if (answered || !event.isTrusted) return
  const button = event.target.closest(event.type === 'click' ? STREAMLIT.buttons : STREAMLIT.field)
  if (!button || (event.type === 'keydown' && event.key !== 'Enter')) return
  event.preventDefault()
  event.stopImmediatePropagation()
  press = { event, button }
}
addEventListener('click', hold, { capture: true })
addEventListener('keydown', hold, { capture: true })

const release = () => {
  answered = true
  if (!press) return
  const { event, button } = press
  press = null
  // On another machine than before, Streamlit has drawn the page from nothing.
  const now = button.isConnected ? button
    : [...document.querySelectorAll(STREAMLIT.buttons)].find(other => other.textContent === button.textContent)
  now?.dispatchEvent(new event.constructor(event.type, event))
}

let due
const state = app => {
  clearTimeout(due)
  if (app.getAttribute(STREAMLIT.connection) !== STREAMLIT.connected) answered = asked = false
  else if (app.getAttribute(STREAMLIT.script) === STREAMLIT.running) asked = true
  // After the browser has told a new session what it kept: what asks for the whole page would take the press from a
  // step that has only begun to hear it.
  else if (asked && !answered) due = setTimeout(release, 300)
}

// Streamlit's own word for it lies on the page and speaks to whoever wrote the course.
const changed = () => {
  const dialog = document.querySelector(STREAMLIT.dialog)
  if (dialog?.querySelector('h2')?.textContent === STREAMLIT.lost) dialog.querySelector(STREAMLIT.close).click()
}

duties.push({ changed, state })
