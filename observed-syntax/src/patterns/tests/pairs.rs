use super::*;

#[test]
fn a_credential_is_found_after_its_name_in_every_notation() {
    for text in [
        "password=hunter2",
        "senha: hunter2",
        "Server=db;Uid=app;Pwd=hunter2;",
        "db_password := \"hunter2\"",
        "clientSecret == 'hunter2'",
        "client_secret=abc",
        "AccountKey=Eby8vdM02xNO",
        "SharedAccessKey=Eby8vdM02xNO",
        "connectionString=abc123def456ghi",
        "{\"pin\":\"1234\"}",
        "cvv=123",
        "PIN: 1234",
        "passphrase=correct horse",
        "<password>hunter2</password>",
        "[\"password\",\"hunter2\"]",
        "Credentials { user: \"ana\", password: \"hunter2\" }",
        "password => 'hunter2'",
        "PHPSESSID=8f14e45fceea167a5a36dedd4bea2543",
        "session=8f14e45fceea167a5a36dedd4bea2543",
        "SAMLResponse=PHNhbWxwOlJlc3BvbnNl",
        "X-Amz-Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe",
        "secret=abc12",
        "pass=hunter2",
        "{\"name\":\"DB_PASSWORD\",\"value\":\"hunter2\"}",
        "<input type=\"password\" value=\"hunter2\">",
        "- name: DB_PASSWORD\n  value: hunter2",
    ] {
        assert_eq!(find(text, "note"), Some(Pattern::Pair), "{text}");
    }
}

#[test]
fn commands_statements_and_sentences_give_credentials_away_too() {
    for text in [
        "mysql --password hunter2 -h db",
        "login --token abc123def456",
        "curl -u ana:hunter2 https://x.example",
        "AUTH hunter2",
        "AUTH default hunter2",
        "CREATE USER app IDENTIFIED BY 'hunter2'",
        "ALTER USER app WITH PASSWORD 'hunter2'",
        "machine x login ana password hunter",
        "sua senha é hunter2",
        "the new password for ana is hunter2.",
        "password was set to hunter2",
        "your PIN is 1234",
        "the password hunter2 was rejected",
        "sshpass -p hunter2 ssh x.example",
        "docker login -u app -p hunter2",
        "mysql -u root -phunter2",
        "redis-cli -a hunter2",
    ] {
        assert_eq!(find(text, "note"), Some(Pattern::Pair), "{text}");
    }
}

#[test]
fn urls_and_cookies_hold_credentials() {
    for text in [
        "redis://:hunter2@cache:6379/0",
        "https://0123456789abcdef0123@errors.example/1",
        "app:hunter2@tcp(db:3306)/orders",
        "https://app.example/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=xyz",
        "https://app.example/reset/8f14e45fceea167a5a36dedd4bea2543",
        "https://x.example/f?sig=Ab3xYz%3D%3D&se=1",
        "Cookie: session=8f14e45f",
        "Set-Cookie: id=abc; Path=/",
    ] {
        assert_eq!(find(text, "note"), Some(Pattern::Pair), "{text}");
    }
    assert_clean(&[
        ("note", "https://x.example/?code=404"),
        ("note", "https://x.example/?code=SUMMER24"),
        ("note", "https://x.example/reset/password"),
        ("note", "https://x.example/orders/8f14e45fceea167a5a36"),
        ("note", "postgres://app@db:5432/orders"),
        ("note", "cookie: none"),
    ]);
}

#[test]
fn what_is_said_of_a_credential_is_none() {
    assert_clean(&[
        ("note", "token=expired"),
        ("note", "password=required"),
        ("note", "password: must have at least 8 characters"),
        ("note", "error: password: too short"),
        ("note", "Senha: o campo é obrigatório neste formulário."),
        ("note", "secret: not found in vault"),
        ("note", "signature=ed25519"),
        ("note", "signature=rsa-sha256"),
        ("note", "token=cl100k_base"),
        ("note", "credential=cached"),
        ("note", "status=ok token=valid retries=3"),
        ("note", "PIN: 4 dígitos"),
        ("note", "cvc=unchecked"),
        ("note", "secret=736 latency=19ms"),
        ("note", "key: value; token: 42"),
        ("note", "password=***"),
        ("note", "password=[redacted]"),
        ("note", "password=${DB_PASSWORD}"),
        ("note", "password=<password>"),
        ("note", "rate(http_requests_total{token=\"x\"}[5m])"),
        ("note", "[\"password\",\"email\",\"name\"]"),
        ("note", "--password required"),
        ("note", "AUTH required"),
        ("note", "the password is required"),
        ("note", "a senha do cliente expirou"),
        ("note", "SELECT password FROM users"),
        ("note", "pass=083 pw=key"),
        ("note", "secret \"batch\" not found in namespace batch"),
        ("note", "rate(x{code=\"200\",secret=\"retry\"}[5m])"),
        ("note", "cargo run -p observed2"),
        ("note", "<input type=\"text\" value=\"hunter2\">"),
        ("note", "password -u x"),
    ]);
}
