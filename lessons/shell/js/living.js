// The cover's bowl begins to play by itself, once, unless the visitor has asked for less motion.

const rested = () => {
  const living = document.querySelector(`[class*=${STREAMLIT.key}living] ${PLOTLY.chart}:not([data-begun])`)
  const play = living?.querySelector(PLOTLY.button)
  if (!play || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  living.dataset.begun = ''
  play.dispatchEvent(new MouseEvent('click', { bubbles: true }))
}

duties.push({ rested })
