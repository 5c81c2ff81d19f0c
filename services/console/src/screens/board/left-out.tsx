/** Says that a list goes on beyond what is shown. */
export const LeftOut = ({ count, what }: { count: number; what: string }) =>
  count > 0 ? (
    <p className="govuk-body mu-quiet">
      {count} more {what}
      {count === 1 ? ' is' : 's are'} not shown; those that need most attention are.
    </p>
  ) : null;
