"""Asks account B for access, and waits for the reply. Python 3.9 or newer; `pip install aliyun-mns-sdk`."""
import base64, datetime, hashlib, hmac, json, os, sys, time, urllib.error, urllib.parse, urllib.request, uuid
from mns.account import Account
from mns.mns_exception import MNSServerException
from mns.topic import TopicMessage

A, B = os.environ["REQUESTER_UID"], os.environ["OWNER_UID"]
REGION = os.environ.get("REGION", "cn-hangzhou")
STS = os.environ.get("STS_ENDPOINT", f"https://sts.{REGION}.aliyuncs.com")
MNS_A = os.environ.get("REQUESTER_ENDPOINT", f"https://{A}.mns.{REGION}.aliyuncs.com")
MNS_B = os.environ.get("OWNER_ENDPOINT", f"https://{B}.mns.{REGION}.aliyuncs.com")
KEY, SECRET = os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"], os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]


def assume_sender() -> dict:
    """A session of the role in account B that may publish requests, and nothing else. It takes no external id."""
    now = datetime.datetime.now(datetime.timezone.utc)
    query = {"Action": "AssumeRole", "Version": "2015-04-01", "Format": "JSON", "SignatureMethod": "HMAC-SHA1",
             "SignatureVersion": "1.0", "SignatureNonce": str(uuid.uuid4()), "Timestamp": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
             "AccessKeyId": KEY, "RoleArn": f"acs:ram::{B}:role/dms-handshake-sender-{A}", "RoleSessionName": "ask-py"}
    text = "&".join(f"{name}={urllib.parse.quote(query[name], safe='~')}" for name in sorted(query))
    digest = hmac.new(f"{SECRET}&".encode(), f"GET&%2F&{urllib.parse.quote(text, safe='~')}".encode(), hashlib.sha1).digest()
    signature = urllib.parse.quote(base64.b64encode(digest), safe="")
    try:
        with urllib.request.urlopen(f"{STS}/?{text}&Signature={signature}", timeout=10) as answer:
            return json.load(answer)["Credentials"]
    except urllib.error.HTTPError as error:  # Its message may quote what was signed, so only the code is shown.
        sys.exit(f"AssumeRole of {query['RoleArn']} was refused: {json.load(error).get('Code')}. "
                 "Has account B listed this account and run bootstrap? Are OWNER_UID and the keys those of this account's asker?")


request = {"requesterUid": A, "engines": sys.argv[1:] or ["redis"], "requestId": str(uuid.uuid4()),
           "action": os.environ.get("ACTION", "grant")}
session = assume_sender()
owner = Account(MNS_B, session["AccessKeyId"], session["AccessKeySecret"], session["SecurityToken"])
owner.get_topic("dms-handshake-requests").publish_message(TopicMessage(json.dumps(request)))

queue = Account(MNS_A, KEY, SECRET).get_queue("dms-handshake-replies")
queue.set_encoding(False)  # A reply is JSON as it stands, not in base64.
end = time.monotonic() + 60
while time.monotonic() < end:
    try:
        message = queue.receive_message(wait_seconds=10)
    except MNSServerException as error:
        if error.type != "MessageNotExist":
            raise
        continue
    reply = json.loads(message.message_body)
    if reply["correlationid"] != request["requestId"] or reply["data"]["status"] == "pending":
        queue.change_message_visibility(message.receipt_handle, 1)  # Not the outcome: others that wait see it again.
        continue
    print(json.dumps(reply["data"], indent=1))
    queue.delete_message(message.receipt_handle)
    sys.exit(0 if reply["data"]["status"] in ("verified", "revoked") else 1)
sys.exit(f"no reply to {request['requestId']} within 60 s; it is on its way all the same")
