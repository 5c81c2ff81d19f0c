import type {
  DeploymentSide,
  DeploymentStatus,
  EventData,
  RecallReason,
  SecondmentOutcome,
} from '@muster/contracts';

/** Who directs and controls the units, and what one side has proposed that the other has not confirmed. */
export type Control = {
  with: DeploymentSide;
  since: string;
  proposed?: { proposalId: string; to: DeploymentSide; at: string; by: string } | undefined;
};

/** A recall that stands. */
export type Recall = {
  /** Where the units were, or have got to since. */
  before: { status: DeploymentStatus; since: string };
  requestedAt: string;
  by: string;
  reasonCode: RecallReason;
  raiseAt: string;
  /** The host's reason for keeping the units for now. */
  kept?: string | undefined;
  /** When it came before the national tier. */
  raisedAt?: string | undefined;
};

/** The host's wish to keep the units for longer, as long as it is open. */
export type Extension = {
  extensionId: string;
  newEnd: string;
  reason: string;
  answerBy: string;
  /** The donor's condition, where it has named one. */
  condition?: string | undefined;
  /** Accepted: reserved under this token, until the home ledger has confirmed it. */
  reserved?: { token: number; confirmBy: string } | undefined;
};

/** Whether units that are away for long are still lent. */
export type Secondment = { raisedAt: string; outcome?: SecondmentOutcome | undefined };

/** How the people are who came home; open until somebody has said so. */
export type Welfare = { isOpen: true } | { isOpen: false; injuries: number; welfareReferral: boolean };

/** How a deployment ended that never came to its task. */
export type EarlyEnd = { kind: 'forfeited' | 'aborted'; by: string; reasonCode: string };

/** Units of one commitment on their way through a deployment. */
export type DeploymentState = EventData<'muster.deployment.opened.v1'> & {
  status: DeploymentStatus;
  /** When the status began. */
  since: string;
  control: Control;
  /** Only while the status is RECALL_PENDING. */
  recall?: Recall | undefined;
  /** Only once the status is or was ABORTED. */
  earlyEnd?: EarlyEnd | undefined;
  /** The desk of each side once one has taken it over. */
  desks: Readonly<Partial<Record<DeploymentSide, string>>>;
  /** The sides that have debriefed. */
  debriefed: readonly DeploymentSide[];
  extension?: Extension | undefined;
  secondment?: Secondment | undefined;
  /** Only once the units are home. */
  welfare?: Welfare | undefined;
  /** Only once the units have gone on to their next assignment without going home. */
  handedOn?: { nextDeploymentId: string; at: string } | undefined;
  /** A question where the units are that no report has answered yet. */
  statusAsked?: { by: string; at: string } | undefined;
};
