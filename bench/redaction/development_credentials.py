# SPDX-License-Identifier: Apache-2.0
"""Development data: lines with and without a secret that the detectors were written against. Never reported.

`python -m bench.redaction.development_credentials` prints the scores; --misses and --excess the lines.
"""

import random
import sys

from bench.redaction.credential_lines import Line, covered, flagged, score
from bench.redaction.credential_values import Values
from handiwork.rules.redaction.redactor import Redactor

SEED = 5
ROUNDS = 12

SECRET = (
    "password = '{human}'",
    'DB_PASSWORD="{human}"',
    "db_pass: {human}",
    "  password: {human}",
    '"password": "{human}",',
    "export API_KEY={random}",
    'api_key = "{random}"',
    "const token = '{random}';",
    'let clientSecret = "{random}";',
    "secret_key: {hex}",
    "SECRET_KEY = '{symbols}'",
    "AWS_SECRET_ACCESS_KEY={base64}",
    "aws_access_key_id = {aws}",
    'self.auth_token = "{hex}"',
    "mysql://root:{human}@localhost:3306/shop",
    "curl -u admin:{human} https://api.example.org/v1/items",
    "curl -H 'Authorization: Bearer {random}' https://api.example.org",
    "git clone https://{random}@example.org/team/repo.git",
    'login.setPassword("{human}");',
    "GITHUB_TOKEN: {github}",
    "slack_webhook = https://hooks.slack.com/services/{slack}",
    "The password for the test account is {human}",
    "pwd: {human}",
    "pass={human}",
    "jdbc:postgresql://db:5432/app?user=app&password={human}",
    '{"user": "app", "secret": "{random}"}',
    'private static final String PASSWORD = "{human}";',
    'encryption_key: "{base64}"',
    "--password {human} --host db1",
    "user app password '{human}'",
    'auth_pass "{human}"',
    "CREATE USER app IDENTIFIED BY '{human}';",
    "set_credentials('svc_backup', '{human}')",
)
PLAIN = (
    "password = getpass.getpass()",
    "password = os.environ['DB_PASSWORD']",
    "password: ${DB_PASSWORD}",
    '"password": "<your password>",',
    "password = None",
    "def set_password(self, password: str) -> None:",
    "token = request.headers.get('X-Token')",
    "const token = await fetchToken(url);",
    'api_key = "YOUR_API_KEY"',
    "apiKey: string;",
    "if (password.length < 8) {",
    'passwordLabel = "Password"',
    "passwordField = document.getElementById('password')",
    "secret = config.get('secret')",
    "commit {hex}",
    "sha256: {hex}",
    "id = '{uuid}'",
    '<input type="password" name="password" id="password">',
    "tokens = tokenizer.encode(text)",
    "max_tokens = 4096",
    "# rotate the token every 30 days",
    "password_reset_url = '/account/reset'",
    "token_type: bearer",
    "password=xxxxxxxx",
    "secretName: my-app-secret",
    "key = sorted(items, key=lambda x: x.name)",
    "assert user.check_password(password)",
    "throw new Error('Invalid password');",
    "password: {{ vault_password }}",
    "PASSWORD_MIN_LENGTH = 12",
    "auth = HTTPBasicAuth(user, password)",
    "import { AuthToken } from './auth/token';",
    '"passwordHint": "Enter your password",',
    "public_key_path = '/etc/ssl/certs/app.pem'",
    "csrf_token = form.csrf_token.data",
    "Token expired, please sign in again",
)


def lines() -> list[Line]:
    """The development set."""
    values = Values(random.Random(SEED))
    secret = [Line.made(template, values, is_secret=True) for _ in range(ROUNDS) for template in SECRET]
    return secret + [Line.made(template, values, is_secret=False) for _ in range(ROUNDS) for template in PLAIN]


def cuts(text: str) -> list[tuple[int, int]]:
    """What is cut at every level."""
    return [(span.start, span.end) for span in Redactor("open").spans(text)]


def main(arguments: list[str]) -> None:
    """Scores, or the lines that went wrong."""
    if not arguments:
        print(score(lines(), cuts))
    for line in lines():
        found = cuts(line.text)
        if line.is_secret and arguments == ["--misses"] and not covered(line, found):
            print("missed  ", line.text, found)
        if not line.is_secret and arguments == ["--excess"] and flagged(found):
            print("flagged ", line.text, [line.text[a:b] for a, b in found])


if __name__ == "__main__":
    main(sys.argv[1:])
