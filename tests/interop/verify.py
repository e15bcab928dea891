"""Verifies an access token as any service beside this API would: by the keys that the API publishes, and nothing else.

    python verify.py ISSUER TOKEN

Prints the claims as JSON, or fails with the name of what is wrong with the token.
"""

import json
import sys

import jwt

issuer, token = sys.argv[1:]
key = jwt.PyJWKClient(f"{issuer}/.well-known/jwks.json").get_signing_key_from_jwt(token)
try:
    claims = jwt.decode(
        token,
        key,
        algorithms=["EdDSA"],
        issuer=issuer,
        audience=issuer,
        options={"require": ["iss", "aud", "sub", "iat", "exp", "jti"]},
    )
except jwt.InvalidTokenError as wrong:
    sys.exit(type(wrong).__name__)
if jwt.get_unverified_header(token)["typ"] != "at+jwt":
    sys.exit("it is not an access token")
print(json.dumps(claims))
