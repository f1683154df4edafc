# SPDX-License-Identifier: Apache-2.0
"""Secrets in lines of code, configuration and prose: ours and detect-secrets, on lines made for this measurement only.

After the manner of CredData: lines that hold a secret, and lines that look as if they did. That set itself is in no
package registry, so these are made here, by templates in other languages and file formats than the development set's.
Nobody tuned on them; but the same hands wrote both. Runs in the benchmark's own environment and prints JSON.
"""

import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench.redaction.credential_lines import Counted, Cuts, Line, score
from bench.redaction.credential_values import Values
from handiwork.rules.redaction.redactor import Redactor

SEED = 2_027
ROUNDS = 25

SECRET = (
    "spring.datasource.password={human}",
    '<add key="DbPassword" value="{human}" />',
    "<password>{human}</password>",
    'var connectionString = "Server=db;Database=shop;User Id=app;Password={human};";',
    "ENV MONGO_INITDB_ROOT_PASSWORD={human}",
    "ENV STRIPE_KEY {stripe}",
    '  - name: JWT_SECRET\n    value: "{random}"',
    'variable "admin_password" {{ default = "{human}" }}',
    '  access_key = "{aws}"',
    "$config['smtp_pass'] = '{human}';",
    "define('AUTH_KEY', '{symbols}');",
    'let auth = Auth::new("svc", "{human}");',
    'os.Setenv("API_TOKEN", "{random}")',
    'apiKey := "{google}"',
    'private val secret = "{base64}"',
    'client.authenticate(user: "app", password: "{human}")',
    "sshpass -p '{human}' ssh deploy@host1",
    "mongodb+srv://app:{human}@cluster0.example.org/shop",
    "amqp://guest:{human}@mq:5672/",
    'wget --header="X-Api-Key: {hex}" https://api.example.org/report',
    "heroku config:set SECRET_TOKEN={hex}",
    "Cookie: sessionid={random}; theme=dark",
    "Authorization: Bearer {jwt}",
    "redis-cli -a {random} ping",
    '"accessToken": "{jwt}",',
    "ALTER USER app WITH PASSWORD '{human}';",
    "IDENTIFIED BY '{human}'",
    "here is the new wifi password: {human}",
    "can you log in with user demo and password {human}?",
    "the pin for the parking gate is {pin}",
    "your verification code is {pin}",
    "wallet seed phrase: {phrase}",
    "my old password was {human}, please reset it",
    'smtp_password => "{human}",',
    'passphrase "{phrase}"',
)
PLAIN = (
    "spring.datasource.password=${{DB_PASSWORD}}",
    '<password-policy minLength="12" />',
    'var password = Environment.GetEnvironmentVariable("DB_PASSWORD");',
    "ENV TOKEN_FILE=/run/secrets/token",
    "  - name: JWT_SECRET\n    valueFrom: secretKeyRef",
    'variable "admin_password" {{ type = string }}',
    "$password = $_POST['password'];",
    "define('AUTH_KEY', 'put your unique phrase here');",
    "token, err := parser.Next()",
    "private val secret = BuildConfig.SECRET",
    "fun login(user: String, password: String): Boolean {{",
    "let tokens: Vec<Token> = lexer.collect();",
    '<label for="pwd">Password</label>',
    "passwordInput.addEventListener('input', validate)",
    'msgid "Forgot your password?"',
    "error.password.tooShort=The password is too short",
    'etag: "{hex}"',
    '"integrity": "sha512-{base64}",',
    "Merge commit '{hex}' into release",
    "order id {uuid}",
    "GET /static/main.{hex}.js",
    "token_count += len(tokens)",
    "return res.status(401).json({{ error: 'Invalid token' }});",
    '@Value("${{app.secret}}") private String secret;',
    "if secret is None: raise ValueError('secret is missing')",
    "the password must have at least 12 characters",
    "Please change your password every six months.",
    "we lost the token for the coffee machine",
    "secret santa is on Friday",
    "keyboard shortcut: Ctrl+K",
    "# TODO: move the api key to the vault",
    'auth_url = "https://login.example.org/authorize"',
    "password_confirmation: password",
    "grant_type=client_credentials",
    "kubectl create secret generic db --from-file=./password.txt",
    "CREATE TABLE users (id int, password varchar(255))",
    "ssh-keygen -t ed25519 -f ./id_deploy",
    "expected_token = Token('NAME', 1, 4)",
    "dropbox.com/s/setup/guide.pdf",
    "password: !vault |",
)


def lines() -> list[Line]:
    """The test set."""
    values = Values(random.Random(SEED))
    pairs = [(template, True) for template in SECRET] + [(template, False) for template in PLAIN]
    return [Line.made(template, values, is_secret=secret) for _ in range(ROUNDS) for template, secret in pairs]


def ours(text: str) -> Cuts:
    """What is cut at every level."""
    return [(span.start, span.end) for span in Redactor("open").spans(text)]


def detect_secrets(made: list[Line]) -> dict[str, Cuts]:
    """detect-secrets as it comes, over a file of all lines: where the values that it reports stand, by line."""
    from detect_secrets import SecretsCollection
    from detect_secrets.settings import default_settings

    whole = "\n".join(line.text for line in made)
    values: dict[int, set[str]] = {}
    with TemporaryDirectory() as folder, default_settings():
        path = Path(folder) / "lines.txt"
        path.write_text(whole)
        found = SecretsCollection()
        found.scan_file(str(path))
        for _, secret in found:
            if secret.secret_value:
                values.setdefault(secret.line_number, set()).add(secret.secret_value)
    cuts: dict[str, Cuts] = {}
    number = 1
    for line in made:
        inside = set().union(*(values.get(number + more, set()) for more in range(line.text.count("\n") + 1)))
        cuts[line.text] = [(at, at + len(value)) for value in inside if (at := line.text.find(value)) >= 0]
        number += line.text.count("\n") + 1
    return cuts


class Result(msgspec.Struct, frozen=True):
    """What was counted, and what one line cost."""

    counted: Counted
    us_per_line: float


def main() -> None:
    """Prints {who: Result}."""
    made = lines()
    began = time.perf_counter()
    mine = score(made, ours)
    between = time.perf_counter()
    theirs = detect_secrets(made)
    done = time.perf_counter()
    results = {
        "ours": Result(mine, 1e6 * (between - began) / len(made)),
        "detect_secrets": Result(score(made, theirs.__getitem__), 1e6 * (done - between) / len(made)),
    }
    sys.stdout.buffer.write(msgspec.json.encode(results))


if __name__ == "__main__":
    main()
