"""For learners who do not see, drag or wish for motion: charts as tables, keys for playing, a live sentence."""

from __future__ import annotations

import streamlit as st

from lessons.figures.tables import tables
from lessons.kit.controls import drawn, fold

QUIET = "@media (prefers-reduced-motion: reduce) { .updatemenu-container { display: none; } }"
"""Whoever asks for less motion plays nothing; the slider under the picture moves it as far as they like."""

LEGIBLE = """
[data-testid="stCode"] .token.keyword { color: light-dark(#0b5fb0, #6db8f5); }
[data-testid="stCode"] .token.number { color: light-dark(#0b6e63, #4fd1c0); }
[data-testid="stCode"] .token.boolean { color: light-dark(#0b7a3e, #5fd98a); }
.js-plotly-plot .main-svg text { fill: currentColor !important; }
.js-plotly-plot .slider-labels { display: none; }
"""
"""Streamlit's colours in code blocks and charts are too pale to read on their ground, and no setting of its theme
reaches them. The names of all frames would be drawn along the slider, on each other."""

KEYS = """
// Plotly draws its buttons and its slider as bare shapes. Here they get a role, a name, a place among what Tab reaches,
// and answer to the keys of a button and a slider. A takeaway is read out when it changes.
const pressed = event => {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  event.currentTarget.dispatchEvent(new MouseEvent('click', { bubbles: true }))
}
const model = group => {
  const chart = group.closest('.js-plotly-plot')
  return chart._fullLayout.sliders[0]
}
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
    group.closest('.js-plotly-plot').on('plotly_animatingframe', () => setTimeout(() => say(group)))
  }
  for (const said of document.querySelectorAll('[class*="st-key-takeaway"]:not([role])'))
    said.setAttribute('role', 'status')
  const living = document.querySelector('[class*="st-key-living"] .updatemenu-button:not([data-begun])')
  if (living && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
    living.dataset.begun = ''
    living.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  }
}
if (!window.tended) {
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
"""


def keys() -> None:
    """Once on each page: keys for what plays, its stillness where one asks for it, views that last, and the live
    sentence."""
    st.html(f"<style>{QUIET}{LEGIBLE}</style>")
    st.html(f"<script>{KEYS}</script>", unsafe_allow_javascript=True)


def charts_as_tables(step: str) -> None:
    """The numbers of every chart that the step has drawn, on demand."""
    figures = drawn()
    inside = fold("The charts as tables", "table_chart", f"tables {step}") if figures else None
    if inside is None:
        return
    with inside:
        for figure in figures:
            title = figure.layout.title.text
            st.markdown(f"**{title}**")
            for name, columns in tables(figure):
                n = len(next(iter(columns.values())))
                st.caption(f"{name}: {n} rows")
                st.dataframe(columns, hide_index=True, height=180, alt=f"{title}, {name}: {', '.join(columns)}.")
