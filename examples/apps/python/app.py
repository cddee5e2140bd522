"""A small app that says which prompt it really loaded.

PROMPT is the prompt file, PORT the port, COMMIT the commit it was built from.
"""

import json
import os
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer

from prompt_lock import load_prompt

path = os.environ.get("PROMPT", "triage.prompt.yml")
prompt = load_prompt(path)  # raises NotReleased: the app does not start

deployed = {
    "prompt": os.path.basename(path),
    "version": prompt.version,
    "fingerprint": prompt.fingerprint,
    "since": datetime.now(timezone.utc).isoformat(timespec="seconds"),
}
if os.environ.get("COMMIT"):
    deployed["commit"] = os.environ["COMMIT"]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path == "/deployed"
        body = json.dumps({"prompts": [deployed]} if found else {"error": "not found"}).encode()
        self.send_response(200 if found else 404)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Handler)
print(f"{prompt.version} on port {server.server_port}", flush=True)
server.serve_forever()
