# The course in a container, for any host that runs one and for a Hugging Face Space (Docker). See docs/deploy.md.
FROM python:3.12-slim

WORKDIR /app

# The libraries first: they change rarely, and an image built again takes them from the one before.
COPY requirements.txt .
RUN pip install --no-cache-dir --requirement requirements.txt

COPY .streamlit .streamlit
COPY engine engine
COPY lessons lessons
COPY pages pages
COPY Home.py .

# Not root: whoever breaks out of the course owns nothing here. Spaces run as this number too.
USER 1000
ENV HOME=/tmp
EXPOSE 8501
HEALTHCHECK --start-period=30s --interval=15s --timeout=5s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://localhost:8501/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "Home.py", "--server.port=8501", "--server.address=0.0.0.0"]
