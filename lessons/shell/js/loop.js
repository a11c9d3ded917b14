// One observer for all duties. It tells them, where they want to know:
// - changed: something has come or gone, and the screen does not show it yet;
// - rested: for a moment nothing has come or gone, so no chart waits for what is done now;
// - drawn (by `waiting.js`): this chart is drawn, and shows in the next picture of the screen;
// - state: the app is connected or is not, answers or does not; running: it has begun to answer.

const duties = []
const tell = (what, ...about) => {
  for (const duty of duties) {
    // Where one fails, the others are still done.
    try { duty[what]?.(...about) } catch (error) { reportError(error) }
  }
}

const app = document.querySelector(STREAMLIT.app)
let resting
const look = changes => {
  if (changes.some(({ type }) => type === 'childList')) {
    tell('changed')
    clearTimeout(resting)
    resting = setTimeout(tell, 150, 'rested')
  }
  const names = changes.map(({ attributeName }) => attributeName)
  if (names.some(Boolean)) tell('state', app)
  if (names.includes(STREAMLIT.script) && app.getAttribute(STREAMLIT.script) === STREAMLIT.running) tell('running')
}
window.tended = new MutationObserver(look)
window.tended.observe(document.body, { childList: true, subtree: true })
window.tended.observe(app, { attributeFilter: [STREAMLIT.connection, STREAMLIT.script] })
// The page as it is, once all duties are there.
queueMicrotask(() => look([{ type: 'childList' }]))
