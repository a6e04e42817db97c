import { version } from '../../package.json';
import { PROOF_HELP } from './proof.ts';

/** What `bandeau --help` prints. */
export const HELP = `bandeau ${version}

Usage
  bandeau check <policy.json> [more files…]
  bandeau diff <old.json> <new.json>
  bandeau history add <policy.json>
  bandeau history check <policy.json>
  bandeau verify <record.json> --policy <policy.json>
  bandeau csp <policy.json>
  bandeau guard <policy.json>
  bandeau snippet
  bandeau snippet google
  bandeau gpc
  bandeau declaration <policy.json>
  bandeau proof <policy.json>

Options of check
  --json         print a JSON report instead of text
  --strict       warnings fail too

Options of diff, which says what changed and who will be asked what
  --json         print a JSON report instead of Markdown

Options of history, which keeps each published policy with all of its texts
  --dir <folder>         where they are kept: policy-history where it is not said

Options of verify, which says whether records are of a policy and its texts
  --policy <policy.json> the policy in force
  --history <folder>     where older ones are kept; it may stand alone
  --json                 print a JSON report instead of text

Options of csp, which prints a Content-Security-Policy header that refuses undeclared hosts
  --meta                 print <meta> elements instead
  --report-only          refuse nothing, report what would be refused
  --report-uri <address> where browsers send reports
  --base <policy>        the site's own security policy

Options of guard, which prints a <script> element to paste first in <head>
  --nonce <nonce>        of the element that it prints

Options of snippet, which prints what to paste first in <head>: the core, and what lets a first visit load the rest beside it
  --policy <policy.json> the site's policy
  --policy-url <address> where pages find it: its name at the root of the site where it is not said
  --base <address>       where the files of dist/ are served: /bandeau/ where it is not said
  --lang <languages>     of the site's pages, such as fr or fr,en: any that there are texts for where it is not said
  --hashed               the files whose names hold a hash, for caches that keep them forever; with integrity
  --integrity            the hash of the core, for files under their plain names
  --blocking             the page waits for the core
  --layout <layout>, --position <position>, --modal
                         where the banner stands, and that the page waits for an answer
  --region <region>      of the visitor, such as us-ca
  --inline core          the core and the policy stand in the page itself: paste them last in <body>
  --inline banner        the banner and its texts in the languages of --lang as well
  --nonce <nonce>        of the elements that it prints
  --csp                  print the hashes of its scripts instead, for the script-src of a Content-Security-Policy

Options of snippet google, which prints a <script> element to paste before any tag of Google: what holds before a choice
  --policy <policy.json> whose settings of the signal google hold
  --csp                  print its hash instead

Options of gpc, which prints the /.well-known/gpc.json of a site that heeds Global Privacy Control
  --date <date>          day of the statement, such as 2025-10-01: today where it is not said

Options of declaration, which prints the table of a cookie policy as HTML
  --locale <locale>      language of the table, such as fr or fr-BE: en where there is none
  --out <file>           write it to a file instead

${PROOF_HELP}
Options
  -h, --help     print this
  -v, --version  print the version

Exit code
  0  no error (warnings alone are none, but with --strict)
  1  errors, or warnings with --strict; a history that lacks the policy; a record that does not match
  2  wrong arguments, or a file that cannot be read or written
`;
