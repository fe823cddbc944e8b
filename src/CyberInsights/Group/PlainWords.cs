using System.Collections.Frozen;

namespace CyberInsights.Group;

/// <summary>Words that say nothing about which event is told: function words of the languages we read most, and the small change of news.</summary>
internal static class PlainWords
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        """
        about above according across after again against all almost also although always among and another any anyone anything are around
        because been before began being below between both but came can cannot could did does doing done down during each either else enough
        even ever every few first for found four from further gave get getting give given gives giving goes going gone had has have having
        her here hers herself him himself his how however into its itself just keep kept knew know known last later least less let like likely
        long made make makes making many may maybe might more most much must near need needs never new next nine none nor not nothing now off
        often old once one only onto other others our ours out over own part per perhaps put rather really said same saw say saying says second
        see seen seven several shall she should since six some someone something soon still such take taken takes taking ten than that the
        their theirs them themselves then there these they thing things third this those though three through thus time times today together
        told too took toward towards two under until upon use used uses using very want was way ways week well went were what when where
        whether which while who whole whom whose why will with within without would year years yes yesterday yet you your yours
        monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
        statement spokesperson spokesman spokeswoman official officials report reports reported reporting news article read people company
        companies day days month months number million billion percent including include included follow follows following expected

        aber als am an auch auf aus bei bis das dass dem den der des die dies diese diesem diesen dieser dieses doch dort durch ein eine einem
        einen einer eines er erst es euch fur gegen gewesen habe haben hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in
        ist jede jedem jeden jeder jetzt kann kein keine konnen konnte machen man mehr mit muss nach nicht noch nun nur ob oder ohne sagte schon
        sehr sei sein seine seinem seinen seiner seit sich sie sind so soll sollte sowie uber um und uns unter vom von vor war waren was weil
        weiter welche wenn wer werden wie wieder will wir wird wurde wurden zu zum zur zwischen laut teilte mitteilung angaben

        aby ale ani ano asi bez bude budou byl byla byli bylo byt cely co dalsi dnes jak jako jeho jej jeji jejich jen jeste jiz kde kdo kdy
        kdyz ktera ktere ktery kteri mezi mohou muze nebo nej neni nez nim pak podle pokud pouze prave pred pres pro proto protoze rekl rekla
        roku sve svou take tak tedy ten tento teto tim tohoto tom toto tyto uvedl uvedla vsak vsech zatim

        أن إن من في على إلى عن مع هذا هذه ذلك التي الذي الذين كما قد كان كانت وقال قال وقالت قالت بعد قبل بين حتى غير كل لم لن ما منذ هو هي
        وكان وفي ومن وعلى بحسب خلال عبر حيث
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(
            Storage.SearchWords.Of
        ),
        StringComparer.Ordinal
    );

    internal static bool Contains(string word) => Words.Contains(word);
}
