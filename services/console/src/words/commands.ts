import type { CommandName } from '@muster/contracts';
import { tokenWords } from './requests.ts';

/** What one does by a command, where its name alone does not say it well. */
const WORDS: Readonly<Partial<Record<CommandName, string>>> = {
  'request-submit': 'Send the request',
  'request-approve': 'Approve the request',
  'request-refuse': 'Refuse the request',
  'request-amend': 'Change the request',
  'request-cancel': 'Cancel the request',
  'request-ask': 'Ask further forces',
  'ask-withdraw': 'Stop asking a force',
  'request-escalate': 'Take it up a tier',
  'escalation-accept': 'Agree to the next tier',
  'unfilled-acknowledge': 'Acknowledge that it stays short',
  'request-acknowledge': 'Say that it is on the desk',
  'request-desk-take': 'Look after it from my desk',
  'offer-make': 'Offer',
  'offer-decline': 'Decline',
  'offer-accept': 'Accept offers',
  'offer-not-select': 'Turn an offer down',
  'offer-condition-met': 'Say that the condition is met',
  'offer-withdraw': 'Take the offer back',
  'deployment-status': 'Report the units',
  'deployment-release': 'Release the units',
  'deployment-return': 'Report the return',
  'deployment-debrief': 'Debrief',
  'deployment-desk-take': 'Look after it from my desk',
  'deployment-forfeit': 'Give the commitment up',
  'deployment-abort': 'Call it off',
  'control-propose': 'Propose who has control',
  'control-confirm': 'Confirm the change of control',
  'return-settle': 'Settle the recall',
  'secondment-review': 'Review the secondment',
  'return-request': 'Ask for the units back',
  'return-answer': 'Answer the recall',
  'return-withdraw': 'Take the recall back',
  'extension-ask': 'Ask to keep them longer',
  'extension-answer': 'Answer the extension',
  'status-request': 'Ask how they stand',
  'welfare-answer': 'Say how the people are',
};

export const commandWords = (command: CommandName): string => WORDS[command] ?? tokenWords(command);
