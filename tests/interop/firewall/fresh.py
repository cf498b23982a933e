"""Texts made by the rules of those who give numbers and keys out, apart from the lists and from the code that looks for them.

The same seed makes the same texts. Planted ones with right check digits in the notations of logs, settings and requests;
harmless ones as services write them.
"""

import base64
import json
import random
import string

SEED = 2026
ALNUM = string.ascii_letters + string.digits
FIRST = "ana joao maria pedro luiza rafael beatriz carlos olga henrik yuki amelie".split()
LAST = "souza pereira silva moreira lima castro hansen dubois tanaka fischer".split()
HOSTS = "example.com exemplo.com.br mail.example.org firma.example.de correo.example.es".split()
WORDS = "order shipped cart queue worker retry lease batch span price warehouse item pedido estoque entrega fiscal loja".split()


class Maker:
    """One source of chance, and the small things that texts are made of."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, items):
        return self.random.choice(items)

    def symbols(self, alphabet, length):
        return "".join(self.random.choice(alphabet) for _ in range(length))

    def digits(self, length):
        return self.symbols(string.digits, length)

    def hex(self, length):
        return self.symbols("0123456789abcdef", length)

    def word(self):
        return self.pick(WORDS)

    def password(self):
        return self.pick(["Tr0ub4dor", "s3nh4Forte!", "winter2019", "Zx9-kk2-pq", "correto123", "hunter77"])

    def mod11(self, numbers, weights, over=10):
        rest = 11 - sum(number * weight for number, weight in zip(numbers, weights)) % 11
        return 0 if rest >= over else rest

    def cpf(self):
        numbers = [self.random.randrange(10) for _ in range(9)]
        for length in (9, 10):
            numbers.append(self.mod11(numbers, range(length + 1, 1, -1)))
        return "".join(map(str, numbers))

    def cnpj(self):
        numbers = [self.random.randrange(10) for _ in range(8)] + [0, 0, 0, 1]
        for weights in ([5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]):
            numbers.append(self.mod11(numbers, weights))
        return "".join(map(str, numbers))

    def card(self):
        text = self.pick(["4539", "5412", "2223", "6011", "5067"]) + self.digits(11)
        total = sum(int(d) if i % 2 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(text))
        return text + str(-total % 10)

    def iban(self):
        country, account = self.pick([("DE", self.digits(18)), ("PT", self.digits(21)), ("NL", "ABNA" + self.digits(10))])
        number = int("".join(str(int(c, 36)) for c in account + country + "00"))
        return f"{country}{98 - number % 97:02}{account}"

    def pis(self):
        numbers = [1, 2] + [self.random.randrange(10) for _ in range(8)]
        return "".join(map(str, numbers + [self.mod11(numbers, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2])]))

    def base64(self, text):
        return base64.b64encode(text.encode()).decode()

    def jwt(self, payload):
        part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
        return f'{part({"alg": "RS256"})}.{part(payload)}.{self.symbols(ALNUM, 43)}'

    def email(self):
        return f"{self.pick(FIRST)}.{self.pick(LAST)}{self.pick(['', '81', '+news'])}@{self.pick(HOSTS)}"


def planted(maker, rounds):
    """Pairs of a kind and a text, `rounds` of each notation."""
    for _ in range(rounds):
        yield from people(maker)
        yield from documents(maker)
        yield from machines(maker)
        yield from keys(maker)
        yield from credentials(maker)


def people(m):
    mail = m.email()
    yield "email", f"delivery to {mail} failed"
    yield "email", f'{{"to":[{{"address":"{mail}"}}]}}'
    yield "email", f"SELECT id FROM users WHERE mail='{mail}'"
    yield "email", f"https://x.example/unsubscribe?e={mail.replace('@', '%40')}"
    yield "email", m.base64(f"user={mail}")
    yield "email", mail.replace("@", "＠")
    yield "email", mail.replace("@", "&commat;")
    yield "email", mail.upper()
    yield "email", mail.replace("@", "\u200b@\u200b")
    yield "email", f"smtp;550 5.1.1 <{mail}>: Recipient address rejected"
    a = m.pick(["11", "21", "47", "85"])
    yield "phone", f"+55 {a} 9{m.digits(4)}-{m.digits(4)}"
    yield "phone", f"({a}) 9{m.digits(4)}-{m.digits(4)}"
    yield "phone", f"ligou de ({a}) 3{m.digits(3)}-{m.digits(4)}"
    yield "phone", f"+49 30 {m.digits(8)}"
    yield "phone", f"whatsapp: 55{a}9{m.digits(8)}"
    yield "phone", f"+44 20 7946 0{m.digits(3)}"
    yield "phone", f"(212) 555-01{m.digits(2)}"
    yield "phone", f"+1-650-253-{m.digits(4)}"
    yield "ip", f"client 203.0.{m.random.randrange(114, 250)}.{m.random.randrange(1, 250)} closed"
    yield "ip", f"x-forwarded-for: 198.18.0.{m.random.randrange(1, 250)}, 10.0.0.3"
    yield "ip", f"[2a02:{m.hex(4)}:{m.hex(4)}::{m.hex(3)}]:443"
    yield "ip", f"2804:14c:{m.hex(4)}:{m.hex(4)}:{m.hex(4)}:{m.hex(4)}:{m.hex(4)}:{m.hex(4)}"
    yield "mac", ":".join(["3c"] + [m.hex(2) for _ in range(5)])
    yield "mac", "-".join(["A4"] + [m.hex(2).upper() for _ in range(5)])
    yield "geo", f"-{m.random.randrange(10, 30)}.{m.digits(6)}, -{m.random.randrange(38, 55)}.{m.digits(6)}"
    yield "home", f"/home/{m.pick(FIRST)}.{m.pick(LAST)}/.ssh/config"
    yield "home", f"C:\\Users\\{m.pick(FIRST)}.{m.pick(LAST)}\\AppData\\Local"


def documents(m):
    c = m.cpf()
    dotted = f"{c[:3]}.{c[3:6]}.{c[6:9]}-{c[9:]}"
    yield "cpf", dotted
    yield "cpf", f"cliente {dotted} bloqueado"
    yield "cpf", dotted.replace(".", " ").replace("-", " ")
    yield "cpf", f"cpf={c}&uf=SP"
    yield "cpf", f'{{"documento":"{c}"}}'
    yield "cpf", "".join(chr(ord(d) + 0xFEE0) for d in dotted)
    yield "cpf", dotted.replace("-", "\u2011")
    yield "cpf", m.base64(f"cpf: {dotted}")
    j = m.cnpj()
    yield "cnpj", f"{j[:2]}.{j[2:5]}.{j[5:8]}/{j[8:12]}-{j[12:]}"
    yield "cnpj", f"CNPJ {j}"
    yield "cnpj", f"{j[:2]}.{j[2:5]}.{j[5:8]}%2F{j[8:12]}-{j[12:]}"
    k = m.card()
    yield "card", " ".join(k[i : i + 4] for i in range(0, 16, 4))
    yield "card", "-".join(k[i : i + 4] for i in range(0, 16, 4))
    yield "card", f"card number {k} declined"
    yield "card", f'{{"pan":"{k}"}}'
    yield "card", "\u00a0".join(k[i : i + 4] for i in range(0, 16, 4))
    yield "card", k
    i = m.iban()
    yield "iban", i
    yield "iban", f"IBAN {' '.join(i[n : n + 4] for n in range(0, len(i), 4))}"
    p = m.pis()
    yield "pis", f"{p[:3]}.{p[3:8]}.{p[8:10]}-{p[10:]}"
    yield "pis", f"NIS: {p}"
    yield "rg", f"{m.digits(2)}.{m.digits(3)}.{m.digits(3)}-{m.pick('0123456789X')}"
    yield "rg", f"RG {m.digits(9)}"
    yield "ssn", f"{m.random.randrange(100, 600)}-{m.random.randrange(10, 99)}-{m.random.randrange(1000, 9999)}"
    yield "ssn", f"SSN: {m.random.randrange(100, 600)} {m.random.randrange(10, 99)} {m.random.randrange(1000, 9999)}"
    yield "plate", f"placa {m.symbols(string.ascii_uppercase, 3)}{m.digits(1)}{m.symbols('ABCDEFGHIJ', 1)}{m.digits(2)}"
    yield "plate", f"Placa: {m.symbols(string.ascii_uppercase, 3)}-{m.digits(4)}"
    u = m.hex(32)
    yield "pix", f"chave pix {u[:8]}-{u[8:12]}-4{u[13:16]}-a{u[17:20]}-{u[20:]}"


def machines(m):
    """Where a program logs in."""
    p = m.password()
    yield "dsn", f"jdbc:postgresql://db:5432/shop?user=app&password={p}"
    yield "dsn", f"amqp://svc:{m.symbols(ALNUM, 12)}@rabbit:5672/vhost"
    yield "dsn", f"mysql+pymysql://root:{m.symbols(ALNUM, 9)}@10.0.0.4/app"
    yield "dsn", f"Server=tcp:x.example,1433;User ID=app;Password={p};Encrypt=True"
    yield "dsn", f"app:{m.symbols(ALNUM, 9)}@tcp(mysql:3306)/shop?parseTime=true"
    yield "dsn", f"Endpoint=sb://x.example/;SharedAccessKeyName=Root;SharedAccessKey={m.symbols(ALNUM, 43)}="
    yield "dsn", f"https://{m.hex(32)}@o12.ingest.example/42"
    yield "command", f"mysqldump -u root --password={p} shop"
    yield "command", f"curl --user svc:{p} https://x.example"
    yield "command", f"export DB_PASSWORD={p}"
    yield "command", f"AUTH svc {m.symbols(ALNUM, 10)}1"
    yield "command", f"vault login --token {m.symbols(ALNUM, 24)}7"
    yield "sql", f"CREATE USER report IDENTIFIED BY '{p}'"
    yield "sql", f"ALTER ROLE app WITH LOGIN PASSWORD '{p}'"
    yield "netrc", f"machine x.example login deploy password {p}"
    yield "header", f"Authorization: Basic {m.base64('svc:' + p)}"
    yield "header", f"authorization: Bearer {m.symbols(ALNUM, 32)}"
    yield "header", f"Proxy-Authorization: Negotiate {m.symbols(ALNUM, 40)}"
    yield "header", f"X-Api-Key: {m.symbols(ALNUM, 32)}"
    yield "header", f'Authorization: AWS4-HMAC-SHA256 Credential={m.symbols(ALNUM, 20)}/20260101/us-east-1/s3/aws4_request'
    yield "cookie", f"Set-Cookie: JSESSIONID={m.hex(32).upper()}; HttpOnly"
    yield "cookie", f"Cookie: theme=dark; sid={m.symbols(ALNUM, 24)}"
    yield "cookie", f"connect.sid=s%3A{m.symbols(ALNUM, 32)}.{m.symbols(ALNUM, 20)}"
    yield "oauth", f"GET /callback?code={m.symbols(ALNUM, 22)}&state={m.hex(8)}"
    yield "oauth", f"grant_type=refresh_token&refresh_token={m.symbols(ALNUM, 30)}"
    yield "oauth", f"client_assertion={m.symbols(ALNUM, 40)}9"
    yield "url", f"https://acc.blob.example/c/f?sv=2024&sig={m.symbols(ALNUM, 40)}%3D"
    yield "url", f"https://x.example/password/reset/{m.hex(40)}"
    yield "url", f"https://x.example/invite/{m.symbols(ALNUM, 24)}4"
    yield "url", f"https://s3.example/k?X-Amz-Signature={m.hex(64)}"


def keys(m):
    upper, lower = string.ascii_uppercase + "234567", string.ascii_lowercase + string.digits
    yield "key", "AKIA" + m.symbols(upper, 16)
    yield "key", "ASIA" + m.symbols(upper, 16)
    yield "key", f"ghp_{m.symbols(ALNUM, 35)}7"
    yield "key", f"gho_{m.symbols(ALNUM, 35)}7"
    yield "key", f"github_pat_{m.symbols(ALNUM, 22)}_{m.symbols(ALNUM, 58)}1"
    yield "key", f"glpat-{m.symbols(ALNUM, 19)}3"
    yield "key", f"glrt-{m.symbols(ALNUM, 19)}3"
    yield "key", f"xoxb-{m.digits(12)}-{m.digits(12)}-{m.symbols(ALNUM, 24)}"
    yield "key", f"xapp-1-A{m.digits(10)}-{m.digits(13)}-{m.hex(64)}"
    yield "key", f"https://hooks.slack.com/services/T{m.digits(8)}/B{m.digits(8)}/{m.symbols(ALNUM, 24)}"
    yield "key", f"https://discord.com/api/webhooks/{m.digits(18)}/{m.symbols(ALNUM, 68)}"
    yield "key", f"{m.digits(10)}:AA{m.symbols(ALNUM, 33)}"
    yield "key", f"sk_test_{m.symbols(ALNUM, 23)}5"
    yield "key", f"whsec_{m.symbols(ALNUM, 31)}5"
    yield "key", f"SG.{m.symbols(ALNUM, 22)}.{m.symbols(ALNUM, 43)}"
    yield "key", f"SK{m.hex(32)}"
    yield "key", f"{m.hex(32)}-us{m.random.randrange(1, 20)}"
    yield "key", f"npm_{m.symbols(ALNUM, 35)}8"
    yield "key", f"pypi-AgEIcHlwaS5vcmc{m.symbols(ALNUM, 70)}"
    yield "key", f"sk-proj-{m.symbols(ALNUM, 48)}2"
    yield "key", f"hf_{m.symbols(ALNUM, 33)}2"
    yield "key", f"dop_v1_{m.hex(64)}"
    yield "key", f"s.{m.symbols(ALNUM, 23)}4"
    yield "key", f"glsa_{m.symbols(ALNUM, 32)}_{m.hex(8)}"
    yield "key", f"lin_api_{m.symbols(ALNUM, 39)}1"
    yield "key", f"figd_{m.symbols(ALNUM, 39)}1"
    yield "key", f"shpat_{m.hex(32)}"
    yield "key", f"pul-{m.hex(40)}"
    yield "key", f"dp.pt.{m.symbols(ALNUM, 42)}1"
    yield "key", f"rubygems_{m.hex(48)}"
    yield "key", f"AIza{m.symbols(ALNUM, 34)}1"
    yield "key", f"EAAC{m.symbols(ALNUM, 119)}1"
    yield "key", f"sq0csp-{m.symbols(ALNUM, 42)}1"
    yield "key", f"PMAK-{m.hex(24)}-{m.hex(34)}"
    yield "key", f"sntryu_{m.hex(64)}"
    yield "key", f"dckr_pat_{m.symbols(ALNUM, 26)}1"
    yield "jwt", m.jwt({"sub": m.digits(8)})
    yield "jwt", f"token rejected: {m.jwt({'scope': 'read'})}"
    yield "pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIE" + m.symbols(ALNUM, 40)
    yield "pem", "-----BEGIN PGP PRIVATE KEY BLOCK-----"
    yield "hash", f"$2y$10${m.symbols(ALNUM, 53)}"


def credentials(m):
    p = m.password()
    yield "pair", f"password={p}"
    yield "pair", f'{{"user":"{m.pick(FIRST)}","password":"{p}"}}'
    yield "pair", f"db.password: {p}"
    yield "pair", f"spring.datasource.password={p}"
    yield "pair", f'Config {{ user: "app", db_password: "{p}" }}'
    yield "pair", f"client_secret={m.symbols(ALNUM, 20)}"
    yield "pair", f"secretKey: '{m.symbols(ALNUM, 20)}'"
    yield "pair", f"<Password>{p}</Password>"
    yield "pair", f"a nova senha do usuário é {p}"
    yield "pair", f"your new password is {p}"
    yield "pair", f"senha={p}"
    yield "pair", f"api_key = {m.symbols(ALNUM, 32)}"
    yield "pair", f"otp={m.digits(6)}"
    yield "pair", f'{{"cvv":"{m.digits(3)}"}}'
    yield "pair", f"password%3D{p.replace('!', '')}"
    yield "pair", f"aws_secret_access_key={m.symbols(ALNUM, 40)}"
    yield "pair", f"passwd: '{p}'"
    yield "pair", f"auth_token: {m.hex(40)}"
    yield "pair", f"contraseña={p}"
    yield "pair", f"PGPASSWORD={p} psql"


def harmless(m, rounds):
    """Pairs of a kind and a text, `rounds` of each notation."""
    for _ in range(rounds):
        yield from logs(m)
        yield from names(m)
        yield from numbers(m)
        yield from sentences(m)


def logs(m):
    private = f"10.{m.random.randrange(256)}.{m.random.randrange(256)}.{m.random.randrange(1, 255)}"
    yield "access log", f'{private} - - [23/Nov/2026:10:15:30 +0000] "GET /{m.word()}/{m.digits(6)} HTTP/1.1" 200 {m.digits(4)}'
    yield "syslog", f"Nov 23 10:15:30 node-{m.digits(2)} kernel: [{m.digits(5)}.{m.digits(6)}] eth0: link up"
    yield "logfmt", f"level=info msg=\"{m.word()} done\" took={m.digits(2)}ms status=200 token_count={m.digits(4)}"
    yield "json log", json.dumps({"ts": f"2026-11-23T10:15:30.{m.digits(3)}Z", "level": "warn", m.word(): int(m.digits(5)), "auth": "ok"})
    yield "java frame", f"at com.shop.{m.word()}.Handler.run(Handler.java:{m.digits(3)})"
    yield "python frame", f'  File "/srv/app/{m.word()}.py", line {m.digits(3)}, in {m.word()}'
    yield "rust frame", f"  {m.digits(2)}: core::ops::function::FnOnce::call_once at src/{m.word()}.rs:{m.digits(3)}:9"
    yield "sql", f"UPDATE {m.word()} SET status = $1, token = $2 WHERE id = $3"
    yield "sql", f"SELECT count(*) FROM {m.word()} WHERE created_at > '2026-11-23' AND password IS NOT NULL"
    yield "graphql", "query Q($id: ID!) { order(id: $id) { items { sku price } token { kind } } }"
    yield "user agent", f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/1{m.digits(2)}.0.{m.digits(4)}.{m.digits(2)} Safari/537.36"
    yield "traceparent", f"00-{m.hex(32)}-{m.hex(16)}-01"
    yield "header", f"content-type: application/{m.word()}+json; charset=utf-8"
    yield "url", f"https://api.example/v2/{m.word()}/{m.digits(7)}?page={m.digits(2)}&sort=-{m.word()}&code={m.digits(3)}"
    yield "url", f"http://{m.word()}.{m.word()}.svc.cluster.local:8080/healthz?token_type={m.word()}"
    yield "promql", f'sum by (code) (rate({m.word()}_total{{code="200",secret="{m.word()}"}}[5m]))'
    yield "exec", f"cargo run --release --bin {m.word()} -- --port {m.digits(4)} --user-agent {m.word()}"


def names(m):
    yield "package", f"@{m.word()}/{m.word()}@{m.digits(1)}.{m.digits(2)}.{m.digits(1)}"
    yield "package", f"{m.word()}=={m.digits(1)}.{m.digits(2)}.post{m.digits(1)}"
    yield "package", f"org.shop:{m.word()}:{m.digits(1)}.{m.digits(1)}.{m.digits(1)}"
    yield "image", f"registry.example/{m.word()}/{m.word()}:{m.digits(1)}.{m.digits(2)}@sha256:{m.hex(64)}"
    yield "pod", f"{m.word()}-{m.hex(9)}-{m.symbols('bcdfghjklmnpqrstvwxz2456789', 5)}"
    yield "arn", f"arn:aws:iam::{m.digits(12)}:role/{m.word()}-{m.word()}"
    yield "s3", f"s3://{m.word()}-{m.word()}/2026/11/23/part-{m.digits(5)}.parquet"
    yield "git", f"git@git.example:{m.word()}/{m.word()}.git"
    yield "git", f"refs/heads/feature/{m.word()}-{m.digits(4)}"
    yield "topic", f"{m.word()}.{m.word()}.v{m.digits(1)}.dlq-{m.digits(2)}"
    yield "flag", f"enable_{m.word()}_{m.word()}_password_reset"
    yield "slug", f"sk-{m.word()}-{m.word()}-{m.digits(4)}"
    yield "asset", f"{m.word()}-{m.hex(8)}@3x.webp"
    yield "path", f"/var/lib/{m.word()}/secrets/{m.word()}.key"
    yield "path", f"C:\\Program Files\\{m.word()}\\bin\\{m.word()}.exe"
    yield "rust path", f"{m.word()}::secret::{m.word().title()}Error"
    yield "message id", f"<{m.hex(16)}.{m.digits(10)}@mx.example.net>"
    yield "version", f"{m.digits(1)}.{m.digits(2)}.{m.digits(1)}-rc.{m.digits(1)}+{m.hex(7)}"
    yield "version", f"version {m.digits(1)}.{m.digits(1)}.{m.digits(2)}.{m.digits(2)}"
    yield "unit", f"user@{m.digits(4)}.service"


def numbers(m):
    yield "uuid", f"{m.hex(8)}-{m.hex(4)}-4{m.hex(3)}-a{m.hex(3)}-{m.hex(12)}"
    yield "ulid", m.symbols("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26)
    yield "snowflake", "1" + m.digits(18)
    yield "sha256", m.hex(64)
    yield "md5", m.hex(32)
    yield "epoch", f"17{m.digits(8)}"
    yield "epoch ms", f"17{m.digits(11)}"
    yield "epoch ns", f"17{m.digits(17)}"
    yield "time", f"2026-11-23T10:15:{m.digits(2)}.{m.digits(6)}-03:00"
    yield "range", f"2026-11-{m.random.randrange(10, 30)}/2026-12-{m.random.randrange(10, 30)}"
    yield "amount", f"R$ {m.digits(3)}.{m.digits(3)},{m.digits(2)}"
    yield "amount", f"USD {m.digits(1)},{m.digits(3)},{m.digits(3)}.{m.digits(2)}"
    yield "ean", m.digits(13)
    yield "order", f"#{m.digits(7)}"
    yield "order", f"PED-{m.digits(8)}"
    yield "tracking", f"BR{m.digits(9)}BR"
    yield "boleto", f"{m.digits(5)}.{m.digits(5)} {m.digits(5)}.{m.digits(6)} {m.digits(5)}.{m.digits(6)} {m.digits(1)} {m.digits(14)}"
    yield "nfe", m.digits(44)
    yield "private ip", f"192.168.{m.random.randrange(256)}.{m.random.randrange(1, 255)}:{m.digits(4)}"
    yield "cidr", f"172.{m.random.randrange(16, 32)}.0.0/16"
    yield "range of bytes", f"bytes {m.digits(6)}-{m.digits(7)}/{m.digits(8)}"
    yield "measure", f"p50={m.digits(2)}.{m.digits(3)} p99={m.digits(3)}.{m.digits(3)}"
    yield "base64", base64.b64encode(m.random.randbytes(48)).decode()
    yield "etag", f'"{m.hex(16)}-{m.hex(6)}"'


def sentences(m):
    return [("sentence", m.pick(SENTENCES).format(word=m.word(), number=m.digits(3))) for _ in range(12)]


SENTENCES = """invalid password for user in {word}
password must contain at least {number} characters
token expired at 2026-11-23T10:15:30Z, refresh needed
token: not before is in the future
the secret {word} was rotated {number} days ago
secret "{word}" not found in namespace {word}
certificate verify failed: unable to get local issuer certificate
connection refused (os error 111) while connecting to {word}:{number}
authorization: denied by policy {word}
Authorization header is missing
auth=failed reason=bad_credentials attempt={number}
session={number} started
password=unchanged {word}=updated
senha: deve ter ao menos 8 caracteres
senha alterada com sucesso em {number} ms
a senha do {word} expirou
o token é inválido ou expirou
pin=locked tries={number}
otp=sent channel=sms
cookie: not set
cookie consent accepted
api_key=missing
api key is invalid
apikey: required
signature=verified algorithm=RS256
signature: mismatch
credentials=refreshed
csrf token mismatch
bearer token required
basic plan of {number} items
digest mismatch for {word}
{word}: retry {number} of 500, then give up
contact support if the {word} is late
telefone inválido
phone number is required
iban is invalid
plate not recognized
card declined by issuer, code {number}
cartão recusado pelo emissor
price of {number} for {word} and {word}
AUTH failed for {word}
identified by the {word}
login required to see the {word}
code=ECONNREFUSED syscall=connect
password reset requested
das Passwort ist falsch
la contraseña no es válida
mot de passe incorrect
""".strip().splitlines()


def texts(rounds=3):
    maker = Maker(SEED)
    return list(planted(maker, rounds)), list(harmless(maker, rounds * 4))
