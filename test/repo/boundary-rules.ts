import type { IForbiddenRuleType } from 'dependency-cruiser';

const outside = 'node_modules/';

/** The arrows of ARCHITECTURE.md as rules. `root` is the folder that holds core/, platforms/ and the rest. */
export function boundaryRules(root: string): IForbiddenRuleType[] {
  const at = (path: string): string => `^${root}/${path}`;
  return [
    {
      name: 'core-imports-core-zod-node',
      severity: 'error',
      from: { path: at('core/'), pathNot: '\\.test\\.ts$' },
      to: { pathNot: [at('core/'), `${outside}zod/`, '^node:'], dependencyTypesNot: ['core'] },
    },
    {
      name: 'providers-and-storage-know-only-the-core',
      severity: 'error',
      from: { path: at('(providers|storage)/'), pathNot: '\\.test\\.ts$' },
      to: { path: at(''), pathNot: [at('core/'), at('$1/')] },
    },
    {
      name: 'platforms-know-only-the-core-and-themselves',
      severity: 'error',
      from: { path: at('platforms/([^/]+)/'), pathNot: '\\.test\\.ts$' },
      to: { path: at(''), pathNot: [at('core/'), at('platforms/$1/')] },
    },
    {
      name: 'commands-reach-adapters-through-main',
      severity: 'error',
      from: { path: at('cli/') },
      to: { path: at('(providers|storage)/') },
    },
    {
      name: 'tests-stay-out-of-the-program',
      severity: 'error',
      from: { path: at(''), pathNot: '\\.test\\.ts$' },
      to: { path: '^test/(contract|repo/[^/]+\\.ts)|\\.test\\.ts$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: at('') },
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
  ];
}
