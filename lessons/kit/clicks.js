// Tells the server where a picture was clicked that takes clicks; see `clicks.py`. `shell/js/clicks.js` notices the click.

export default function ({ data, setTriggerValue }) {
  document.removeEventListener('picked', window.picked)
  window.picked = ({ detail }) => { if (data.charts.includes(detail.chart)) setTriggerValue('at', detail) }
  document.addEventListener('picked', window.picked)
}
