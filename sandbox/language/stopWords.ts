/** Function words of six languages, folded (lower case, no accents): they carry no topic. Also the raw material of language detection. */
export const STOP_WORDS_BY_LANGUAGE: Readonly<Record<string, readonly string[]>> = {
  en: words(
    "a about after all also am an and any are as at be been because before but by can could did do does for from get got had has have he her here him his i i'd i'll i'm i've if in into is it it's its just me more most my no not of on or our out over please she since so some such than that the their them then there these they this to too up us very was we were what when where which while who why will with would you your yours hi hello dear regards",
  ),
  de: words(
    'aber als am an auch auf aus bei bin bis bitte da das dass dem den der des die dies diese dieser doch durch ein eine einem einen einer eines er es euch fur habe haben hat hatte ich ihr ihre ihnen im in ist ja kann konnen man mein meine meinen mich mir mit nach nicht noch nun nur ob oder sehr sein seit sich sie sind so uber um und uns unser unsere von vor war warum was wenn wer werden wie wir wird wo zu zum zur hallo guten tag liebe grusse',
  ),
  fr: words(
    "a ai alors au aux avec avez avons bien c'est ce ces cet cette chez dans de depuis des du elle en est et etait ete etre il ils j'ai je la le les leur lui ma mais me mes mon ne nos notre nous on ont ou par pas plus pour qu que quel qui sa sans se ses si son sont sur ta tes ton tres tu un une vos votre vous y bonjour cordialement",
  ),
  es: words(
    'al algo asi con como cuando de del desde donde dos el ella ellos en entre era es esa ese eso esta estaba este esto estoy fue ha hace han hasta hay he la las le les lo los mas me mi mis muy ni no nos nuestra nuestro o para pero por porque que quien se ser si sin sobre son su sus tambien te tengo tiene tu un una uno usted y ya yo hola gracias saludos',
  ),
  nl: words(
    'aan al als bij daar dan dat de deze die dit doen door dus een en er ge geen had heb hebben heeft het hier hij hoe ik in is ja je kan kunnen maar me meer met mij mijn moet na naar niet nog nu of om omdat onder ons onze ook op over te toch tot u uit uw van veel voor waar waren was wat we wel werd wie wij worden wordt zal ze zich zij zijn zo zou hallo beste groet',
  ),
  it: words(
    "a ad ai al alla anche avere c'e che chi ci come con cosa da dal dalla dei del della delle di dove e ed era essere fa gli ha hanno ho i il in io la le lei lo loro ma me mi mia mio molto ne nei nel nella noi non nostro o per perche piu quando quello questa questo se sei si sono su sua suo tra tu un una uno vi voi buongiorno saluti",
  ),
};

/** Whether a folded word is a function word in any of the six languages. */
export function isStopWord(word: string): boolean {
  return ALL.has(word);
}

const ALL: ReadonlySet<string> = new Set(Object.values(STOP_WORDS_BY_LANGUAGE).flat());

function words(list: string): readonly string[] {
  return list.split(' ');
}
