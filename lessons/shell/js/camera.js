// Camera: a chart that says something new is drawn anew. The way the visitor has turned it in space is kept for the next of
// the same name, seen from the same side.

const turned = {}

const turn = chart => {
  const scene = chart[PLOTLY.layout]?.scene
  if (!scene?.[PLOTLY.space] || 'turns' in chart.dataset) return
  chart.dataset.turns = ''
  // Streamlit makes the title bold once more whenever it draws.
  const name = JSON.stringify([chart[PLOTLY.layout].title.text.replace(/<[/]?b>/g, ''), scene.camera.eye])
  const again = () => {
    if (!turned[name]) return
    const { scene } = chart[PLOTLY.layout]
    scene.camera = chart.layout.scene.camera = turned[name]
    scene[PLOTLY.space][PLOTLY.aim](scene)
  }
  chart.on('plotly_relayout', change => { turned[name] = change['scene.camera'] ?? turned[name] })
  // Streamlit draws a new chart twice, at last in its true width.
  chart.on('plotly_afterplot', again)
  again()
}

const rested = () => document.querySelectorAll(PLOTLY.chart).forEach(turn)

duties.push({ drawn: turn, rested })
