import { z } from 'zod';
import { deploymentStatus } from '../codes.ts';
import { continued } from '../deployment/next.ts';
import { deploymentSide, recallReason } from '../deployment/reasons.ts';
import { secondmentOutcome } from '../deployment/welfare.ts';
import { duty } from '../duty/duty.ts';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { name, orgId } from '../values.ts';

/** What a view of a deployment shows beside where its units are. */
export const deploymentMatters = {
  /** Whether the units are home again. */
  isOver: z.boolean(),
  /** Who directs and controls the units; units at work may still be under their donor's control. */
  control: z
    .object({
      with: deploymentSide,
      since: instant,
      proposed: z.object({ proposalId: commandId, to: deploymentSide, at: instant, by: orgId }).optional(),
    })
    .optional(),
  /** A recall that stands. */
  recall: z
    .object({
      /** Where the units were, or have got to since. */
      before: z.object({ status: deploymentStatus, since: instant }),
      requestedAt: instant,
      by: instant,
      reasonCode: recallReason,
      raiseAt: instant,
      kept: z.string().optional(),
      raisedAt: instant.optional(),
    })
    .optional(),
  earlyEnd: z
    .object({ kind: z.enum(['forfeited', 'aborted']), by: orgId, reasonCode: z.string() })
    .optional(),
  desks: z.object({ host: name, donor: name }).optional(),
  debriefed: z.array(deploymentSide).optional(),
  /** An ask to keep the units for longer that is open. */
  extension: z
    .object({
      extensionId: commandId,
      newEnd: instant,
      reason: z.string(),
      answerBy: instant,
      condition: z.string().optional(),
      reserved: z.object({ token: z.int(), confirmBy: instant }).optional(),
    })
    .optional(),
  /** How the people are who came home; open until the donor has said so. */
  welfare: z
    .discriminatedUnion('isOpen', [
      z.object({ isOpen: z.literal(true) }),
      z.object({ isOpen: z.literal(false), injuries: z.int(), welfareReferral: z.boolean() }),
    ])
    .optional(),
  /** Raised where the units are away for more than eight weeks in all. */
  secondment: z.object({ raisedAt: instant, outcome: secondmentOutcome.optional() }).optional(),
  /** What was told last of the working time of the units, and the rules that it breaks by now. */
  duty: duty.optional(),
  dutyBreaches: z.array(z.string()).optional(),
  /** From where the units came without going home, and since when they are away. */
  continues: continued.optional(),
  /** To where they went on without going home: nobody comes home from here. */
  handedOn: z.object({ nextDeploymentId: commandId, at: instant }).optional(),
  statusAsked: z.object({ by: orgId, at: instant }).optional(),
};
