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
    const scene = chart._fullLayout?.scene
    if (!scene?._scene || 'turns' in chart.dataset) return
    chart.dataset.turns = ''
    // Streamlit makes the title bold once more whenever it draws.
    const name = JSON.stringify([chart._fullLayout.title.text.replace(/<[/]?b>/g, ''), scene.camera.eye])
    const again = () => {
      if (!turned[name]) return
      const { scene } = chart._fullLayout
      scene.camera = chart.layout.scene.camera = turned[name]
      scene._scene.setViewport(scene)
    }
    chart.on('plotly_relayout', change => { turned[name] = change['scene.camera'] ?? turned[name] })
    // Streamlit draws a new chart twice, at last in its true width.
    chart.on('plotly_afterplot', again)
    again()
  }
  // Streamlit takes a chart that says something new off the page and draws it from nothing, which takes a map or a bowl
  // longer than a blink. Until it shows, a picture of the chart before stands in its place.
  const places = document.getElementsByClassName('stPlotlyChart')
  let before = []
  const shown = place => {
    const chart = place.querySelector('.js-plotly-plot:not(.before)')
    return chart?.querySelector('.main-svg') && chart.checkVisibility({ visibilityProperty: true }) ? chart : null
  }
  const picture = chart => {
    const copy = chart.cloneNode(true)
    // A canvas is copied without what is on it, and WebGL has that only while it draws.
    chart._fullLayout.scene?._scene.glplot?.redraw()
    const canvases = chart.querySelectorAll('canvas')
    copy.querySelectorAll('canvas').forEach((canvas, i) => canvas.getContext('2d').drawImage(canvases[i], 0, 0))
    copy.classList.add('before')
    copy.inert = true
    return copy
  }
  const keep = () => {
    before = [...places].map(place => {
      const { left, top } = place.getBoundingClientRect()
      const chart = shown(place)
      return { left, top, copy: chart ? picture(chart) : place.querySelector('.before') }
    })
  }
  const stand = place => {
    place.dataset.met = ''
    const { left, top } = place.getBoundingClientRect()
    // The words above it may have become longer or shorter.
    const copy = before.find(old => Math.abs(old.left - left) < 2 && Math.abs(old.top - top) < 100)?.copy
    if (!copy) return
    place.append(copy)
    const wait = () => {
      const chart = shown(place)
      if (chart) turn(chart)
      if (place.isConnected) requestAnimationFrame(chart ? () => place.querySelector('.before')?.remove() : wait)
    }
    wait()
  }
  const tend = () => {
    for (const chart of document.querySelectorAll('.js-plotly-plot')) turn(chart)
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
  const soon = () => {
    for (const place of places) if (!('met' in place.dataset)) stand(place)
    clearTimeout(due)
    due = setTimeout(tend, 150)
  }
  window.tended = new MutationObserver(soon)
  window.tended.observe(document.body, { childList: true, subtree: true })
  const app = document.querySelector('[data-test-script-state]')
  new MutationObserver(() => app.dataset.testScriptState === 'running' && keep())
    .observe(app, { attributeFilter: ['data-test-script-state'] })
  soon()
}
