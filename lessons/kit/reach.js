// What Plotly leaves to the page that shows its charts; see `reach.py`. Each page brings it, and the first one's stays.

if (!window.tended) {
  // Plotly draws its buttons and its slider as bare shapes. Here they get a role, a name, a place among what Tab reaches,
  // and answer to the keys of a button and a slider. A takeaway is read out when it changes.
  const pressed = event => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    event.currentTarget.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  }
  const model = group => group.closest('.js-plotly-plot')._fullLayout.sliders[0]
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
    const rail = group.querySelector('.slider-rail-touch-rect').getBoundingClientRect()
    // Plotly keeps ten pixels at either end for its grip.
    const across = 10 + (rail.width - 20) * to / (steps.length - 1)
    const at = { bubbles: true, clientX: rail.left + across, clientY: rail.top + 1 }
    group.querySelector('.slider-rail-touch-rect').dispatchEvent(new MouseEvent('mousedown', at))
    group.closest('.js-plotly-plot').dispatchEvent(new MouseEvent('mouseup', at))
  }
  // A chart that says something new is drawn anew. The way the visitor has turned it in space is kept for the next of the
  // same name, seen from the same side.
  const turned = {}
  const turn = chart => {
    const layout = chart._fullLayout.scene
    const name = JSON.stringify([chart._fullLayout.title.text, layout.camera.eye])
    chart.dataset.turns = ''
    chart.on('plotly_relayout', change => { turned[name] = change['scene.camera'] ?? turned[name] })
    if (!turned[name]) return
    layout.camera = chart.layout.scene.camera = turned[name]
    layout._scene.setViewport(layout)
  }
  const tend = () => {
    for (const chart of document.querySelectorAll('.js-plotly-plot:not([data-turns])'))
      if (chart._fullLayout?.scene?._scene) turn(chart)
    for (const button of document.querySelectorAll('.updatemenu-button:not([role])')) {
      for (const [name, value] of [['role', 'button'], ['tabindex', '0'], ['aria-label', button.textContent]])
        button.setAttribute(name, value)
      button.addEventListener('keydown', pressed)
    }
    for (const group of document.querySelectorAll('.slider-group:not([role])')) {
      say(group)
      group.addEventListener('keydown', slid)
      // Played, dragged or stepped: what it says follows what is on show.
      group.closest('.js-plotly-plot').on('plotly_animatingframe', () => setTimeout(() => group.isConnected && say(group)))
    }
    for (const said of document.querySelectorAll('[class*="st-key-takeaway"]:not([role])'))
      said.setAttribute('role', 'status')
    const living = document.querySelector('[class*="st-key-living"] .js-plotly-plot:not([data-begun])')
    const play = living?.querySelector('.updatemenu-button')
    if (play && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      living.dataset.begun = ''
      play.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    }
  }
  // Plotly's click takes the marks that the mouse was over, and a finger was over none: it would take those of the tap
  // before. So a touch is a mouse that comes there first.
  document.addEventListener('touchstart', ({ target, touches: [{ clientX, clientY }] }) => {
    if (target.matches('.nsewdrag'))
      target.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX, clientY }))
  }, { capture: true, passive: true })
  // When the page has come to rest: no chart waits for this.
  let due
  const soon = () => { clearTimeout(due); due = setTimeout(tend, 150) }
  window.tended = new MutationObserver(soon)
  window.tended.observe(document.body, { childList: true, subtree: true })
  soon()
}
