/**
 * Texts of the interface that a site may word itself, with what is filled in: the keys of locales/ without those
 * of the categories, which have fields of their own. A test compares them.
 */
const KEYS: Readonly<Record<string, string>> = {
  banner:
    'title text consequence reloads acceptAll rejectAll customize policy versionOf{version} version{version} kept{duration} partners.*{count} controller.*{names} sites{names} saved notSaved',
  notice:
    'title text{date} added modified removed.*{count} rest accept reject versions{from}{to} gone keptOn{names} keptOff{names} vendorNow{names} categoryNow{names} hostsNow{names} storesNow{names} longerNow{names} sitesNow{names} controllersNow{names}',
  preferences:
    'title text close save alwaysOn on off partly services.*{count} vendor vendorPolicy reason cookies storage session hosts decided{date}{version}{expiry} contact{contact} officer{contact} reloadNeeded reload records',
  placeholders: 'text{vendor} loadOnce alwaysAllow{name} source{host}',
  updates: 'title text close accountTitle accountText accountScope',
  rights: 'id{id} history.*{count} text download{format} erase',
  region:
    'title text optOut allow optOutNote{optOut}{names} ask exempt{names} object{customize} switches on off exemptOn objected exemptions.audience-measurement{note} exemptions.statistical-purposes{note} received{signal} stayOff{names} how{acceptAll}{customize} honored turnedOff{signal}{names} overridden{names}',
  declaration: 'service purpose name lifetime session untilErased nothing vendorPolicy{vendor}',
};

/** By key, such as `banner.partners.other`: the names that may stand in braces in it. */
export const TEXT_KEYS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(KEYS).flatMap(([layer, words]) =>
    words.split(' ').flatMap((word) => {
      const [key = '', ...names] = word.split(/[{}]+/).filter(Boolean);
      // CLDR's plural categories.
      const forms = key.endsWith('.*') ? ['zero', 'one', 'two', 'few', 'many', 'other'] : [''];
      return forms.map((form) => [`${layer}.${key.replace('*', form)}`, names] as const);
    }),
  ),
);
