"""The link to what is on the screen, to copy, and as a picture for the phones in the room."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

import segno
import streamlit as st

LONGEST = 1000
"""Characters of a link that still make a QR code a phone reads from the back of a room."""


@st.dialog("Share this view", icon=":material/share:")
def share() -> None:
    """Show the link to this step, these data and these settings. It is read when the dialog opens."""
    query = urlencode({name: st.query_params.get_all(name) for name in st.query_params}, doseq=True)
    link = f"{st.context.url or ''}{'?' if query else ''}{query}"
    st.markdown("Whoever opens this link sees the same step, the same data and the same settings.")
    st.code(link, language=None, wrap_lines=True)
    if len(link) <= LONGEST:
        picture = BytesIO()
        segno.make(link, micro=False, error="m").save(picture, kind="png", scale=8, border=3)
        st.image(picture, caption="QR code of the link. Point a phone at it to open the link there.", width=280)
    else:
        st.caption(f"This link is too long for a QR code, which takes {LONGEST} characters.")
