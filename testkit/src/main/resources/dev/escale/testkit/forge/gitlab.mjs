// Plays GitLab's OAuth. Arguments: the library, a port, and a file with the account that is signed in
// there, as JSON; {"denies": true} is somebody who does not agree. The file is read each time.
import { readFileSync } from "node:fs";

const [library, port, file] = process.argv.slice(2);
const { OAuth2Server } = await import(library);
const account = () => JSON.parse(readFileSync(file, "utf8"));

const server = new OAuth2Server(undefined, undefined, {
  endpoints: { authorize: "/oauth/authorize", token: "/oauth/token", userinfo: "/oauth/userinfo" },
});
await server.issuer.keys.generate("RS256");
server.service.on("beforeAuthorizeRedirect", (redirect) => {
  if (account().denies) {
    redirect.url.searchParams.delete("code");
    redirect.url.searchParams.set("error", "access_denied");
    redirect.url.searchParams.set("error_description", "The resource owner denied the request.");
  }
});
server.service.on("beforeResponse", () => {
  if (account().dies) {
    process.exit(1);
  }
});
server.service.on("beforeUserinfo", (answer) => {
  answer.body = account();
});
await server.start(Number(port), "127.0.0.1");
console.log("ready");
