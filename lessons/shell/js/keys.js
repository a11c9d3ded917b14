// Keys: Plotly draws the buttons and the slider of a playing chart as bare shapes. Here they get a role, a name and a place
// among what Tab reaches, and answer to the keys of a button and a slider.

const pressed = event => {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  event.currentTarget.dispatchEvent(new MouseEvent('click', { bubbles: true }))
}

const model = group => group.closest(PLOTLY.chart)[PLOTLY.layout].sliders[0]

const say = group => {
  const slider = model(group)
  const attributes = {
    role: 'slider', tabindex: '0', 'aria-label': 'Picture', 'aria-valuemin': 0,
    'aria-valuemax': slider.steps.length - 1, 'aria-valuenow': slider.active,
    'aria-valuetext': slider.steps[slider.active].label,
  }
  for (const [name, value] of Object.entries(attributes)) group.setAttribute(name, value)
}

const slid = event => {
  const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -Infinity, End: Infinity }[event.key]
  if (by === undefined) return
  event.preventDefault()
  const group = event.currentTarget
  const { active, steps } = model(group)
  const to = Math.min(steps.length - 1, Math.max(0, active + by))
  const rail = group.querySelector(PLOTLY.rail)
  const { left, top, width } = rail.getBoundingClientRect()
  // Plotly keeps ten pixels at either end for its grip.
  const at = { bubbles: true, clientX: left + 10 + (width - 20) * to / (steps.length - 1), clientY: top + 1 }
  rail.dispatchEvent(new MouseEvent('mousedown', at))
  group.closest(PLOTLY.chart).dispatchEvent(new MouseEvent('mouseup', at))
}

const rested = () => {
  for (const button of document.querySelectorAll(`${PLOTLY.button}:not([role])`)) {
    for (const [name, value] of [['role', 'button'], ['tabindex', '0'], ['aria-label', button.textContent]])
      button.setAttribute(name, value)
    button.addEventListener('keydown', pressed)
  }
  for (const group of document.querySelectorAll(`${PLOTLY.slider}:not([role])`)) {
    say(group)
    group.addEventListener('keydown', slid)
    // Played, dragged or stepped: what it says follows what is on show.
    group.closest(PLOTLY.chart).on('plotly_animatingframe', () => setTimeout(() => group.isConnected && say(group)))
  }
}

duties.push({ rested })
