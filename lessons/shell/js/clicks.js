// Clicks: tells whoever wants to know (`kit/clicks.js`) which picture was clicked, and where, in the units of its axes. Plotly
// makes a click of its own of each tap, which does not say where, and the browser makes another: so the place is taken from
// the finger as it comes down, once.

let at
document.addEventListener('pointerdown', ({ clientX, clientY }) => { at = { clientX, clientY } }, true)

document.addEventListener('click', ({ target }) => {
  if (!at || !target.matches?.(PLOTLY.area)) return
  const { left, top } = target.getBoundingClientRect()
  const { xaxis, yaxis } = target.closest(PLOTLY.chart)[PLOTLY.layout]
  const named = [...(target.closest(`[class*=${STREAMLIT.key}]`)?.classList ?? [])].find(name => name.startsWith(STREAMLIT.key))
  const detail = {
    chart: named?.slice(STREAMLIT.key.length),
    x: xaxis[PLOTLY.value](at.clientX - left),
    y: yaxis[PLOTLY.value](at.clientY - top),
  }
  at = null
  document.dispatchEvent(new CustomEvent('picked', { detail }))
}, true)
