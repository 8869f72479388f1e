"""An independent FHIR client (PyPI fhirpy, PyJWT): keys, token by SMART Backend Services, searches, reads, a publication.

  client.py cle FILE                   makes an RSA key, keeps it in FILE, prints its public JWK
  client.py lire BASE CLIENT_ID FILE PATIENT    plays a hospital's program against BASE; prints what it saw as JSON
"""
import base64
import email.utils
import json
import sys
import uuid

import jwt
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fhirpy import SyncFHIRClient


def make_key(path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    with open(path, "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))
    public.update(kid="client-1", alg="RS384", use="sig")
    public.pop("key_ops", None)
    print(json.dumps(public))


def token(base, issuer, client, path):
    configuration = requests.get(f"{base}/.well-known/smart-configuration", timeout=10)
    now = int(email.utils.parsedate_to_datetime(configuration.headers["date"]).timestamp())
    audience = configuration.json()["token_endpoint"]
    claims = {"iss": client, "sub": client, "aud": audience, "exp": now + 240, "jti": str(uuid.uuid4())}
    with open(path, "rb") as file:
        assertion = jwt.encode(claims, file.read(), algorithm="RS384", headers={"kid": "client-1"})
    answer = requests.post(f"{base}/jeton", timeout=10, data={
        "grant_type": "client_credentials", "scope": "system/*.read system/DocumentReference.write",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion": assertion,
    })
    answer.raise_for_status()
    return answer.json()["access_token"]


def play(base, client_id, path, patient):
    access = token(base, base, client_id, path)
    client = SyncFHIRClient(base, authorization=f"Bearer {access}")
    seen = {"family": [name["family"] for name in client.reference("Patient", patient).to_resource()["name"]]}
    seen["found"] = [found.id for found in client.resources("Patient").search(family="brumelle").fetch_all()]
    values = client.resources("Observation").search(patient=patient).limit(1).fetch_all()
    seen["observations"] = sorted(value["code"]["coding"][0]["code"] for value in values)
    seen["conditions"] = [one["code"]["text"] for one in client.resources("Condition").search(patient=patient)]
    document = client.resources("DocumentReference").search(patient=patient).first()
    address = document["content"][0]["attachment"]["url"].split("/fhir/", 1)[1]
    read = requests.get(f"{base}/{address}", headers={"Authorization": f"Bearer {access}"}, timeout=10)
    seen["bytes"] = base64.b64encode(read.content).decode()
    try:
        client.reference("Patient", str(uuid.uuid4())).to_resource()
        seen["unknown"] = "found"
    except Exception as refused:  # fhirpy raises its own classes, one for each status
        seen["unknown"] = type(refused).__name__
    published = client.resource("DocumentReference", status="current", subject={"reference": f"Patient/{patient}"}, content=[{
        "attachment": {"contentType": "application/pdf", "title": "Compte rendu", "data": base64.b64encode(b"%PDF-1.4 fhirpy").decode()},
    }])
    body = requests.post(f"{base}/DocumentReference", json=published.serialize(), timeout=10, headers={"Authorization": f"Bearer {access}"})
    seen["published"] = body.status_code
    print(json.dumps(seen))


if __name__ == "__main__":
    if sys.argv[1] == "cle":
        make_key(sys.argv[2])
    else:
        play(*sys.argv[2:6])
