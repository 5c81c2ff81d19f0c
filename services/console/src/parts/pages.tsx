import { Link, useSearchParams } from 'react-router';

const PARAMETER = 'page';

/** The page that the address names, from 1. */
export const usePageNumber = (): number => {
  const [search] = useSearchParams();
  return Math.max(1, Math.trunc(Number(search.get(PARAMETER) ?? 1)) || 1);
};

type PagesProps = {
  label: string;
  page: number;
  pages: number;
  /** True while another page than this is still shown. */
  isLoading: boolean;
};

const Turn = ({ to, rel, words }: { to: number; rel: 'prev' | 'next'; words: string }) => {
  const [search] = useSearchParams();
  const target = new URLSearchParams(search);
  target.set(PARAMETER, String(to));
  return (
    <div className={`govuk-pagination__${rel}`}>
      <Link className="govuk-link govuk-pagination__link" rel={rel} to={{ search: `?${target}` }}>
        <span className="govuk-pagination__link-title">{words}</span>
      </Link>
    </div>
  );
};

/** Where in a long list the reader is, and the way to the pages before and after; nothing for a list of one page. */
export const Pages = ({ label, page, pages, isLoading }: PagesProps) =>
  pages <= 1 ? null : (
    <nav className="govuk-pagination" aria-label={label}>
      {page > 1 && <Turn to={Math.min(page - 1, pages)} rel="prev" words="Previous page" />}
      <p className="govuk-pagination__item" role="status">
        {isLoading ? 'Loading…' : `Page ${page} of ${pages}`}
      </p>
      {page < pages && <Turn to={page + 1} rel="next" words="Next page" />}
    </nav>
  );
