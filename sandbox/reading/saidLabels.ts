import { isFormatWord } from './formatWords.ts';

/**
 * Labels named without a list's usual lead: "Answer with exactly one word: cat or dog", "Reply yes or no", "Say A, B or C". The list
 * must fill the clause but for a trailing condition, and each label be one to three words that read as a value rather than as a
 * manner or a form ("reply politely or briefly", "in French or German", "JSON or XML"). Undefined when there is none.
 */
export function saidLabels(text: string): readonly string[] | undefined {
  for (const lead of text.matchAll(SAID)) {
    const from = lead.index + lead[0].length;
    const clause = (/^[^\n.!?:;()]{1,200}/.exec(text.slice(from, from + 220))?.[0] ?? '').replace(TAIL, '');
    const named = /[:]\s*$|word|label|letter|wort|mot|palabra|woord|parola|słow/iu.test(lead[0]);
    const parts = clause
      .split(/\s*[,/|]\s*(?:(?:or|oder|ou|of|o|lub|albo|and)\s+)?|\s+(?:or|oder|ou|of|o|lub|albo)\s+/iu)
      .map((part) => part.replace(/^[\s"'“”„«»`*]+|[\s"'“”«»`*]+$/gu, ''));
    const joined = /\s(?:or|oder|ou|of|o|lub|albo)\s|\//iu.test(clause);
    if (parts.length < 2 || !(joined || (named && /:\s*$/.test(lead[0])))) continue;
    if (parts.every((part) => part !== '' && part.split(/\s+/).length <= 3 && !NO_LABEL.test(part) && !isFormatWord(part)))
      return [...new Set(parts)].length >= 2 ? [...new Set(parts)] : undefined;
  }
  return undefined;
}

const SAID =
  /(?<!\p{L})(?:(?:answer|reply|respond|say|write|return|output|print|give|antworte\p{L}*|sag\p{L}*|schreib\p{L}*|gib|réponds|répondez|dis|dites|écris|responde|responda|di|escribe|rispondi|scrivi|antwoord|zeg|schrijf|odpowiedz|napisz)(?!\p{L})(?:[ \t]+(?:please|strictly|only|just|simply|either|exactly|bitte|nur|genau|entweder|uniquement|seulement|soit|solo|sólo|alleen|enkel|met|solamente|with|back|mit|par|avec|con|tylko|jednym|(?:one|a)(?=[ \t]+(?:of|single|word|label|letter)(?!\p{L}))|of|the|these|this|those|following|single|two|three|four|\d|word|words|label|labels|letter|letters|einem|dem|der|diesen|folgenden|einzigen|wort|wörter|wörtern|un|une|seul|le|des|mots?|una|sola|palabras?|één|een|van|deze|woord|woorden|parole?|słowem)(?!\p{L}))*[ \t]*:?|(?:choose|pick|select|wähle|choisis|elige|kies|scegli)(?:[ \t]+(?:one|only|exactly|either|entweder))*[ \t]*:?|(?:decide|verdict|decision|entscheide)[ \t]*:|(?:one|single|the) (?:word|label|letter|token|term)s?[ \t]*:|(?:one|any) of (?:these|the(?: following)?|those)(?: (?:\d|two|three|four))? (?:words?|labels?|terms?|letters?|values?|answers?)[ \t]*:?|ein(?:em|es)? (?:einzigen )?wort(?:es)?[ \t]*:|(?:un|une) (?:seul )?mot[ \t]*:|una (?:sola )?(?:palabra|parola)[ \t]*:|(?:één|een) woord[ \t]*:|jednym słowem[ \t]*:)[ \t]*/giu;
const TAIL =
  /(?:,\s*|\s+)(?:depending|based|according|and nothing|nothing else|only|if|when|whether|for|to|as|in|without|with no|alone|je nach|und sonst|ob|wenn|selon|según|afhankelijk|a seconda|zależnie)(?!\p{L})[\s\S]*$/iu;
const NO_LABEL =
  /^(?:an?|the|in|with|to|if|your|my|our|its?|their|as|how|what|why|from|by|for|and|two|three|one of|each|every|ein\p{L}*|der|die|das|dein\p{L}*|auf|le|la|les|un|une|en|au|votre|ton|el|una|su|tu|het|een|il|lo|na|po)\s|\p{L}{3,}ly$|^(?:short|long|brief|concise|formal|friendly|polite|less|fewer|more|so|\d+ .*|english|german|french|spanish|dutch|italian|polish|(?:one|two|three|a few) \p{L}+|paragraphs?|sentences?|words?|bullets?|lines?|summary|explanation)$|[{}<>[\]]/iu;
