import type { CommandName } from '@muster/contracts';
import { tokenWords } from './requests.ts';

/** What one does by a command, where its name alone does not say it well. */
const WORDS: Readonly<Partial<Record<CommandName, string>>> = {
  'request-create': 'Ask for help',
  'request-draft': 'Save a draft',
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
  'offer-approve': 'Approve the offer',
  'offer-refuse': 'Refuse the offer',
  'acceptance-withdraw': 'Take the acceptance back',
  'plan-approve': 'Approve the plan',
  'agreement-record': 'Record the agreement',
  'direction-record': 'Record a direction',
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
  'claim-estimate': 'Estimate the costs',
  'claim-record': 'Record costs',
  'claim-submit': 'Submit the claim',
  'claim-check': 'Say that it is checked',
  'claim-query': 'Query the claim',
  'claim-answer': 'Answer the query',
  'claim-agree': 'Agree to the claim',
  'claim-pay': 'Record the payment',
  'claim-waive': 'Do without the money',
  'welfare-answer': 'Say how the people are',
};

/** What one does by one choice of a command that leaves several, where that is said best in words of its own. */
const CHOICES: Readonly<Record<string, string>> = {
  'home-decide confirm': 'Confirm the booking',
  'home-decide refuse': 'Refuse the booking',
};

const choiceOf = ({ status, answer, decision, to, basis }: Target): string | undefined => {
  const choice = status ?? answer ?? decision ?? to ?? basis;
  return choice === undefined ? undefined : String(choice);
};

type Target = Readonly<Record<string, unknown>>;

export const commandWords = (command: CommandName, target: Target = {}): string =>
  CHOICES[`${command} ${choiceOf(target)}`] ?? WORDS[command] ?? tokenWords(command);

/** The same with the choice that the target makes, where the command leaves several. */
export const actionWords = (command: CommandName, target: Target): string => {
  const choice = choiceOf(target);
  const words = commandWords(command, target);
  return choice === undefined || words !== commandWords(command) ? words : `${words}: ${tokenWords(choice)}`;
};
