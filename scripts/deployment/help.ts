export const DEPLOY_HELP = `npm run deploy -- [--preview | --local] [-a ALIAS]

Checks s.yaml, requesters.json and the variables, builds, and deploys with Serverless Devs in two steps: the functions
without triggers, then the triggers, so that nothing is heard before what it needs is there. After each step every function,
trigger, asynchronous configuration, limit and code checksum is read back and compared. Nothing is asked. What has not
changed is not written.

  --preview        shows what would be deployed; reaches nothing
  -o FORMAT        form of the preview: default, json, yaml, raw
  --local          into the running local cloud: npx dms-handshake local --empty
  -a ALIAS         keys of an alias of Serverless Devs (npx s config add -a ALIAS); else those of every command:
                   ALIBABA_CLOUD_ACCESS_KEY_ID and so on, a profile of aliyun, or the alias default
  -y               is taken and changes nothing
  -h, --help       this text

Variables: docs/operate/operations.md. Exit status: 0 deployed and read back, 1 not whole (what is missing is said),
2 refused before anything was sent, 130 interrupted.
`;

export const REMOVE_HELP = `npm run remove -- [--local] [-a ALIAS]

Takes away the functions with their triggers, in the order of notify, intake, provision, verify, and looks that they are gone.
Refuses while a role still grants something: without the functions nobody would end it. Roles, topics and queues stay until
npx dms-handshake bootstrap --remove.

  --local          from the running local cloud
  -a ALIAS         keys of an alias of Serverless Devs; else those of every command
  -y               is taken and changes nothing
  -h, --help       this text

Exit status: 0 gone, 1 not whole, 2 refused before anything was sent, 130 interrupted.
`;

export const ROLLBACK_HELP = `npm run rollback -- VERSION [--local] [-a ALIAS]

Deploys another version of this repository, by its tag or commit, with the requesters.json of today. It is built in a
folder of its own. A version that cannot read what the deployed one writes into tags is refused.

  --local          into the running local cloud
  -a ALIAS         keys of an alias of Serverless Devs; else those of every command
  -h, --help       this text

Exit status: that of npm run deploy in that version, or 2.
`;
