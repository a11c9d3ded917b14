// What the learner meets while the page has no server; see `connection.py`. Each page brings it, and the first one's stays.

if (!window.connection) {
  const app = document.querySelector('[data-test-connection-state]')
  // Connected again, the page has asked for itself, and until it is there the server may be a new one that drops what is
  // pressed in a step. The last press of that time waits.
  let answered = true
  let running = false
  let press
  const buttons = '.stButton button, .stFormSubmitButton button, .stDownloadButton button'
  const hold = event => {
    if (answered || !event.isTrusted) return
    const button = event.target.closest(event.type === 'click' ? buttons : '.stForm input')
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
      : [...document.querySelectorAll(buttons)].find(other => other.textContent === button.textContent)
    now?.dispatchEvent(new event.constructor(event.type, event))
  }
  let due
  window.connection = new MutationObserver(() => {
    const { testConnectionState, testScriptState } = app.dataset
    clearTimeout(due)
    if (testConnectionState !== 'CONNECTED') answered = running = false
    else if (testScriptState === 'running') running = true
    // After the browser has told a new session what it kept: what asks for the whole page would take the press from a
    // step that has only begun to hear it.
    else if (running && !answered) due = setTimeout(release, 300)
  })
  window.connection.observe(app, { attributeFilter: ['data-test-connection-state', 'data-test-script-state'] })
  // Streamlit's own word for it lies on the page and speaks to whoever wrote the course.
  new MutationObserver(() => {
    const title = document.querySelector('[data-testid=stDialog] h2')
    if (title?.textContent === 'Connection error') title.closest('section').querySelector('[aria-label=Close]').click()
  }).observe(document.body, { childList: true })
}
