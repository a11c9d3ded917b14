// What the learner's own browser keeps; see `your_progress.py`. All tabs share the progress, and a tab remembers its own data.

const place = 'where-the-bowl-comes-from'
const sets = ['steps', 'predictions', 'checks', 'lessons']

// A browser may forbid storage. The course then works, and forgets.
const read = (storage, otherwise) => { try { return window[storage].getItem(place) ?? otherwise } catch { return otherwise } }
const write = (storage, text) => { try { window[storage].setItem(place, text) } catch {} }

const parsed = text => { try { return Object(JSON.parse(text)) } catch { return {} } }
const times = kept => Number.isSafeInteger(kept.erased) ? kept.erased : 0
const named = (kept, name) => Array.isArray(kept[name]) ? kept[name] : []

let told
let root

export default function ({ data, parentElement, setTriggerValue }) {
  const ours = data.progress
  const before = root
  root = parentElement
  const tell = () => {
    told = read('localStorage', '{}')
    setTriggerValue('kept', {
      progress: told,
      pasted: data.known ? '' : read('sessionStorage', ''),
      drawn_anew: !data.known && before !== undefined && before !== root,
    })
  }
  // Erased in another tab: this one forgets, too.
  window.onstorage = () => { if (times(parsed(read('localStorage', '{}'))) > times(ours)) tell() }
  if (data.pasted) write('sessionStorage', data.pasted)
  const kept = parsed(read('localStorage', '{}'))
  if (!data.known || times(kept) > times(ours)) return tell()
  // Another tab may have added to it meanwhile, and what was erased here is not brought back by what it kept.
  const others = times(kept) < times(ours) ? {} : kept
  const union = { ...ours, last: ours.last || others.last }
  for (const name of sets) union[name] = [...new Set([...named(ours, name), ...named(others, name)])].sort()
  write('localStorage', JSON.stringify(union))
  if (sets.some(name => union[name].length > named(ours, name).length) && read('localStorage', '{}') !== told) tell()
}
