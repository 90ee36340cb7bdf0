import type { Owner } from '../test/e2e/host/editorSession';

export interface Demo {
	/** Its origin. */
	n8n: string;
	/** The page of the simulators. */
	page: string;
	owner: Owner;
	workflows: number;
	/** Where its data is, if it was started here. */
	folder?: string;
}

/** What a person can do now. */
export const invitation = ({ n8n, page, owner, workflows, folder }: Demo): string => `
n8n          ${n8n}/home/workflows
  sign in    ${owner.email}   ${owner.password}
Simulators   ${page}

Try this:
  1. Open n8n. Its ${workflows} workflows are the examples; their credentials are signed in.
  2. Open "Check every evening that everything is locked" and press "Execute workflow": "Compose message"
     has one message about all cars and doors that are not locked and closed.
  3. Open the page of the simulators beside it, close a door or lock a car there, and execute again.
  4. Open "Lock the front door and verify it" and execute it: the padlock on the page closes. Set the
     fault "Done, but the lock does not confirm it" there and execute again: the workflow does not claim
     what is not proven.
  5. Publish "Get car events by webhook, with polling as backup", make a webhook on the page (under
     Smartcar, Webhooks) with the production URL of its first node, and open a door of the Tesla.

${folder === undefined ? 'That n8n keeps running.' : `Its data is kept in ${folder} for the next start; --fresh starts over.`} Press Ctrl-C to stop.
`;
