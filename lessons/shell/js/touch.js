// Touch: Plotly's click takes the marks that the mouse was over, and a finger was over none: it would take those of the tap
// before. So a touch is a mouse that comes there first.

document.addEventListener('touchstart', ({ target, touches: [{ clientX, clientY }] }) => {
  if (target.matches(PLOTLY.area)) target.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, clientX, clientY }))
}, { capture: true, passive: true })
