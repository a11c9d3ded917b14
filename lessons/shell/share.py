"""“Share this view”: the link to what is on the screen, to copy and as a QR code, and with controls locked or
hidden."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

import segno
import streamlit as st

from lessons.kit import link, session
from lessons.kit.controls import asked, brings_data

LONGEST = 1000
"""Characters of a link that still make a QR code a phone reads from the back of a room."""

FIXES = {link.LOCK: "Lock: to be seen but not moved", link.HIDE: "Hide: not to be seen"}


@st.dialog("Share this view", icon=":material/share:")
def share() -> None:
    """Show the link to this step, these data and these settings. It is read when the dialog opens."""
    controls: dict[str, str] = st.session_state.get(session.CONTROLS, {})
    # Whoever opens it reads alone, also when it is shared from the projected view.
    query = {name: st.query_params.get_all(name) for name in st.query_params if name not in (link.PRESENT, link.NOTES)}
    st.markdown("Whoever opens this link sees the same step, the same data and the same settings.")
    if brings_data():
        st.markdown("Your own data are **not** in it. They stay in this session, and nobody else can see them.")
    place = st.container()
    with st.expander("For teachers: lock or hide controls", icon=":material/lock:"):
        for name, label in FIXES.items():
            fixed = [control for control in controls if control in asked(name)]
            chosen = st.pills(
                label, list(controls), selection_mode="multi", default=fixed, format_func=controls.__getitem__
            )
            query[name] = [",".join(chosen)]
    text = urlencode({name: values for name, values in query.items() if values != [""]}, doseq=True, safe=",")
    address = f"{st.context.url or ''}{'?' if text else ''}{text}"
    with place:
        st.code(address, language=None, wrap_lines=True)
        if len(address) <= LONGEST:
            picture = BytesIO()
            segno.make(address, micro=False, error="m").save(picture, kind="png", scale=8, border=3)
            st.image(picture, caption="QR code of the link. Point a phone at it to open the link there.", width=280)
        else:
            st.caption(f"This link is too long for a QR code, which takes {LONGEST} characters.")
