// A picture in waiting: Streamlit takes a chart that says something new off the page and draws it from nothing, which takes
// a map or a bowl longer than a blink. Until it shows, a picture of the chart before stands in its place.

const places = document.getElementsByClassName(STREAMLIT.place)
let before = []

const shown = place => {
  const chart = place.querySelector(`${PLOTLY.chart}:not(.before)`)
  return chart?.querySelector(PLOTLY.drawing) && chart.checkVisibility({ visibilityProperty: true }) ? chart : null
}

const picture = chart => {
  const copy = chart.cloneNode(true)
  // A canvas is copied without what is on it, and WebGL has that only while it draws.
  chart[PLOTLY.layout].scene?.[PLOTLY.space][PLOTLY.gl]?.redraw()
  const canvases = chart.querySelectorAll('canvas')
  copy.querySelectorAll('canvas').forEach((canvas, i) => canvas.getContext('2d').drawImage(canvases[i], 0, 0))
  copy.classList.add('before')
  copy.inert = true
  return copy
}

const running = () => {
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
    if (chart) tell('drawn', chart)
    if (place.isConnected) requestAnimationFrame(chart ? () => place.querySelector('.before')?.remove() : wait)
  }
  wait()
}

const changed = () => {
  for (const place of places) if (!('met' in place.dataset)) stand(place)
}

duties.push({ changed, running })
