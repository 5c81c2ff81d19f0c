import { useNotices } from '../../notices/notices.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { LeftOut } from '../board/left-out.tsx';
import { ToDoTable } from '../board/to-do-table.tsx';

/** What the person, in their roles, can see to: less than what waits for their organisation. */
export const Waiting = () => (
  <Loaded query={useNotices()}>
    {({ notices, leftOut }) => (
      <>
        <ToDoTable caption="Waits for you, in your roles" actions={notices} empty="Nothing waits for you." />
        <LeftOut count={leftOut} what="notice" />
      </>
    )}
  </Loaded>
);
