"""A small OpenID Connect issuer: Authlib's authorization server on Flask, with one client and one reader.

    python issuer.py AUDIENCE REDIRECT_URI

Prints its address when it listens. The client `site` is public: authorization code with PKCE (RFC 7636). Access tokens
are JWT (RFC 9068) for the audience.
"""

import logging
import os
import sys
import time
from types import SimpleNamespace

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from flask import Flask, request
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # It listens on this machine only.
AUDIENCE, REDIRECT_URI = sys.argv[1:]

app = Flask(__name__)
listener = make_server("127.0.0.1", 0, app, threaded=True)
ISSUER = f"http://127.0.0.1:{listener.port}"
keys = KeySet([RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)])
readers = {"wren": {"password": "a cup of tea", "sub": "248289761001", "name": "Wren", "email": "wren@example.org"}}
codes = {}


class Client(ClientMixin):
    def get_client_id(self):
        return "site"

    def get_allowed_scope(self, scope):
        return " ".join(word for word in scope.split() if word in {"openid", "profile", "email"})

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri == REDIRECT_URI

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "none"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


class Reader(dict):
    def get_user_id(self):
        return self["sub"]

    def info(self, scope):
        info = UserInfo(sub=self["sub"])
        if "profile" in scope:
            info["name"] = self["name"]
        if "email" in scope:
            info.update(email=self["email"], email_verified=True)
        return info


class Code(SimpleNamespace, AuthorizationCodeMixin):
    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return None

    def get_auth_time(self):
        return self.auth_time

    def get_acr(self):
        return None

    def get_amr(self):
        return ["pwd"]


class CodeGrant(grants.AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ["none"]

    def save_authorization_code(self, code, request):
        asked = request.payload
        codes[code] = Code(
            redirect_uri=asked.redirect_uri,
            scope=asked.scope,
            user=request.user,
            auth_time=int(time.time()),
            code_challenge=asked.data["code_challenge"],
            code_challenge_method=asked.data["code_challenge_method"],
        )

    def query_authorization_code(self, code, client):
        return codes.get(code)

    def delete_authorization_code(self, authorization_code):
        for code in [code for code, kept in codes.items() if kept is authorization_code]:
            del codes[code]

    def authenticate_user(self, authorization_code):
        return authorization_code.user


class IdToken(OpenIDCode):
    def exists_nonce(self, nonce, request):
        return False

    def resolve_client_private_key(self, client):
        return keys

    def get_client_claims(self, client):
        return {"iss": ISSUER, "aud": [client.get_client_id()]}

    def generate_user_info(self, user, scope):
        return user.info(scope)


class AccessToken(JWTBearerTokenGenerator):
    def get_jwks(self):
        return keys

    def get_audiences(self, client, user, scope):
        return [AUDIENCE]

    def get_auth_time(self, user):
        return int(time.time())

    def get_extra_claims(self, client, grant_type, user, scope):
        return user.info(scope)


server = AuthorizationServer(app, query_client=lambda _: Client(), save_token=lambda *_: None)
server.register_grant(CodeGrant, [IdToken(), CodeChallenge(required=True)])
server.register_token_generator("default", AccessToken(ISSUER))


@app.get("/.well-known/openid-configuration")
def discovery():
    return {
        "issuer": ISSUER,
        "authorization_endpoint": f"{ISSUER}/authorize",
        "token_endpoint": f"{ISSUER}/token",
        "jwks_uri": f"{ISSUER}/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


@app.get("/jwks")
def jwks():
    return keys.as_dict(private=False)


@app.post("/authorize")
def authorize():
    """What the log-in form posts: the request of the client stands in the query, name and password in the body."""
    grant = server.get_consent_grant()
    reader = readers.get(request.form["username"])
    known = reader is not None and reader["password"] == request.form["password"]
    return server.create_authorization_response(grant_user=Reader(reader) if known else None, grant=grant)


@app.post("/token")
def token():
    return server.create_token_response()


print(ISSUER, flush=True)
listener.serve_forever()
