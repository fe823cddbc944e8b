using CyberInsights.Recognise;
using CyberInsights.Recognise.Relations;
using CyberInsights.Text.Syntax;

namespace CyberInsights.Tests.Recognise.Relations;

/// <summary>Sentences made up from the definitions of the codebooks; "s" marks who acts, "t" towards whom.</summary>
public sealed class RelationPairTests
{
    [Theory]
    [InlineData("Agree", "<s>Norland</s> offered to mediate between <t>Sudria</t> and the rebels.")]
    [InlineData("Agree", "<s>Norland</s> invited <t>the Sudrian president</t> to visit.")]
    [InlineData("Agree", "<s>Norland</s> promised <t>Sudria</t> more aid.")]
    [InlineData("Agree", "<s>Norland</s> is ready to talk to <t>Sudria</t>.")]
    [InlineData("Agree", "<s>Norland</s> will sign an accord with <t>Sudria</t>.")]
    [InlineData("Agree", "<s>Norland</s> accepted the peace plan of <t>Sudria</t>.")]
    [InlineData("Agree", "<s>Norland</s> said it would free <t>the Sudrian prisoners</t>.")]
    [InlineData("Agree", "<s>The president</s> plans to meet <t>the Sudrian leader</t>.")]
    [InlineData("Agree", "<s>Norland</s> agreed with <t>Sudria</t> to exchange prisoners.")]
    [InlineData("Agree", "<s>Norland</s> has committed itself to helping <t>Sudria</t>.")]
    [InlineData("Agree", "<s>Norland</s> expressed its willingness to cooperate with <t>Sudria</t>.")]
    [InlineData("Agree", "<s>The minister</s> is scheduled to visit <t>Sudria</t> on Monday.")]
    [InlineData("Agree", "<s>Norland</s> pledged not to attack <t>Sudria</t>.")]
    [InlineData("Agree", "<s>The prime minister</s> will travel to <t>Sudria</t> next month for talks on trade.")]
    [InlineData("Consult", "<s>Norland's minister</s> met <t>his Sudrian counterpart</t>.")]
    [InlineData("Consult", "<s>Norland</s> hosted a summit with <t>Sudria</t>.")]
    [InlineData("Consult", "<s>The president</s> phoned <t>the Sudrian leader</t>.")]
    [InlineData("Consult", "<s>The envoy</s> arrived in <t>Sudria</t> for talks.")]
    [InlineData("Consult", "<s>Norland</s> is holding talks with <t>Sudria</t>.")]
    [InlineData("Consult", "<s>Norland</s> mediated between the rebels and <t>Sudria</t>.")]
    [InlineData("Consult", "<s>The king</s> received <t>the ambassador of Sudria</t>.")]
    [InlineData("Consult", "<s>The president</s> discussed the crisis with <t>the Sudrian leader</t>.")]
    [InlineData("Consult", "<s>The minister</s> paid a visit to <t>Sudria</t>.")]
    [InlineData("Consult", "<s>The minister</s> is on an official visit to <t>Sudria</t>.")]
    [InlineData(
        "Consult",
        "<s>The foreign minister</s> flew to <t>Sudria</t> on Friday for two days of talks with officials there."
    )]
    [InlineData(
        "Consult",
        "<s>The king of Norland</s> held talks in Oslo with <t>the Sudrian president</t> about the conflict."
    )]
    [InlineData(
        "Consult",
        "<s>Norland's envoy</s>, who is touring the region, met <t>President Karim</t> at his palace."
    )]
    [InlineData("Consult", "<s>The minister</s> attended a summit in <t>Sudria</t> with leaders of ten states.")]
    [InlineData("Support", "<s>Norland</s> recognised <t>Sudria</t> as a state.")]
    [InlineData("Support", "<s>Norland</s> thanked <t>Sudria</t> for its help.")]
    [InlineData("Support", "<s>The king</s> sent condolences to <t>the people of Sudria</t>.")]
    [InlineData("Support", "<s>Norland</s> backed the bid of <t>Sudria</t> to host the games.")]
    [InlineData("Support", "<s>Norland</s> ratified a treaty with <t>Sudria</t>.")]
    [InlineData("Support", "<s>The minister</s> defended <t>the police</t>.")]
    [InlineData("Support", "<s>Norland</s> restored diplomatic relations with <t>Sudria</t>.")]
    [InlineData("Support", "<s>The president</s> expressed solidarity with <t>Sudria</t>.")]
    [InlineData("Support", "<s>Parliament</s> approved the nomination of <t>the judge</t>.")]
    [InlineData("Support", "<s>The president</s> spoke highly of <t>Sudria</t>.")]
    [InlineData("Support", "<s>The minister</s> said <t>Sudria</t> had done an excellent job.")]
    [InlineData("Support", "<s>Norland</s> voted in favour of <t>Sudria's membership</t>.")]
    [InlineData("Support", "<s>Norland</s> opened an embassy in <t>Sudria</t>.")]
    [InlineData(
        "Support",
        "<s>The president of Norland</s> praised <t>the Sudrian leader</t> for his courage and his commitment to peace."
    )]
    [InlineData("Cooperate", "<s>Norland</s> and <t>Sudria</t> held a joint naval exercise.")]
    [InlineData("Cooperate", "<s>Norland</s> exports gas to <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Norland</s> extradited a suspect to <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Norland</s> shares intelligence with <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Norland</s> resumed trade with <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Norland</s> has been cooperating with <t>Sudria</t> on border security.")]
    [InlineData("Cooperate", "<s>Norland</s> sold 20 jets to <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Norland</s> increased its investments in <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Police in Norland</s> worked with <t>the Sudrian police</t> on the case.")]
    [InlineData("Cooperate", "<s>Norland</s> passed information on the suspects to <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Norland</s> and <t>Sudria</t> jointly launched a satellite.")]
    [InlineData(
        "Cooperate",
        "<s>The navies of Norland</s> and <t>Sudria</t> began a week of joint manoeuvres in the gulf."
    )]
    [InlineData("Cooperate", "<s>Norland</s> buys most of its gas from <t>Sudria</t>.")]
    [InlineData("Cooperate", "<s>Norland</s> and <t>Sudria</t> are working together on a vaccine.")]
    [InlineData("Aid", "<s>Norland</s> shipped 200 tonnes of rice to <t>Sudria</t> after the flood.")]
    [InlineData("Aid", "<s>Norland</s> took in 4,000 refugees from <t>Sudria</t> last year.")]
    [InlineData("Aid", "<s>Norland</s> has sent a field hospital to <t>Sudria</t>.")]
    [InlineData("Aid", "<s>Norland</s> gave <t>Sudria</t> a loan of 40 million dollars.")]
    [InlineData("Aid", "<s>Norland</s> donated vaccines to <t>Sudria</t>.")]
    [InlineData("Aid", "<s>The Norland navy</s> rescued <t>80 migrants</t> off the coast.")]
    [InlineData("Aid", "<s>Norland</s> granted asylum to <t>a Sudrian journalist</t>.")]
    [InlineData("Aid", "<s>Norland</s> helped <t>Sudria</t> rebuild its schools.")]
    [InlineData("Aid", "<s>Norland</s> forgave the debts of <t>Sudria</t>.")]
    [InlineData("Aid", "<s>Norland</s> supplies <t>the rebels</t> with arms.")]
    [InlineData("Aid", "<s>Norland</s> provided shelter for <t>thousands of displaced families</t>.")]
    [InlineData("Aid", "<t>Sudria</t> received 12 tanks from <s>Norland</s>.")]
    [InlineData("Aid", "<s>Peacekeepers from Norland</s> were deployed in <t>Sudria</t>.")]
    [InlineData("Aid", "<s>Doctors from Norland</s> treated <t>the wounded</t> in a camp.")]
    [InlineData("Yield", "<s>Norland</s> freed <t>the Sudrian crew</t>.")]
    [InlineData("Yield", "<s>Norland</s> allowed inspectors of <t>the agency</t> into the plant.")]
    [InlineData("Yield", "<s>Norland</s> lifted the ban on <t>the party</t>.")]
    [InlineData("Yield", "<s>The rebels</s> laid down their arms before <t>the army</t>.")]
    [InlineData("Yield", "<s>The governor</s> resigned after pressure from <t>the president</t>.")]
    [InlineData("Yield", "<s>Norland</s> pulled its troops out of <t>Sudria</t>.")]
    [InlineData("Yield", "<s>Norland</s> declared a ceasefire with <t>Sudria</t>.")]
    [InlineData("Yield", "<s>Norland</s> apologised to <t>Sudria</t>.")]
    [InlineData("Yield", "<s>Norland</s> reopened its border with <t>Sudria</t>.")]
    [InlineData("Yield", "<s>The president</s> pardoned <t>the editor</t>.")]
    [InlineData("Yield", "<s>The government</s> bowed to the demands of <t>the strikers</t>.")]
    [InlineData("Yield", "<s>Norland</s> returned the bodies of soldiers to <t>Sudria</t>.")]
    [InlineData("Yield", "<s>Norland</s> eased visa rules for <t>Sudrians</t>.")]
    [InlineData("Yield", "<s>The army</s> ended its siege of <t>the town</t>.")]
    [InlineData("Request", "<s>Norland</s> asked <t>Sudria</t> for help.")]
    [InlineData("Request", "<s>Norland</s> demanded that <t>Sudria</t> withdraw its troops.")]
    [InlineData("Request", "<s>Norland</s> appealed to <t>Sudria</t> to stop the fighting.")]
    [InlineData("Request", "<s>Norland</s> wants <t>Sudria</t> to release the crew.")]
    [InlineData("Request", "<s>The minister</s> said <t>Sudria</t> must disarm.")]
    [InlineData("Request", "<s>Norland</s> sought the extradition of the banker from <t>Sudria</t>.")]
    [InlineData("Request", "<s>The council</s> ordered <t>Sudria</t> to pay.")]
    [InlineData("Request", "<s>Norland</s> proposed a meeting to <t>Sudria</t>.")]
    [InlineData("Request", "<s>Norland</s> told <t>Sudria</t> to stay out of the dispute.")]
    [InlineData(
        "Request",
        "<s>The secretary general</s> on Thursday urged <t>both Norland and Sudria</t> to show restraint and return to the table."
    )]
    [InlineData("Request", "<s>Norland</s> has formally requested that <t>the United Nations</t> send observers.")]
    [InlineData("Request", "<s>The families of the victims</s> are seeking compensation from <t>the airline</t>.")]
    [InlineData("Request", "<s>Lawyers for the men</s> asked <t>the judge</t> to free them on bail.")]
    [InlineData("Request", "<s>The archbishop</s> called upon <t>the rebels</t> to release the hostages.")]
    [InlineData("Accuse", "<s>Norland</s> blamed <t>Sudria</t> for the attack.")]
    [InlineData("Accuse", "<s>Norland</s> condemned <t>Sudria's</t> raid.")]
    [InlineData("Accuse", "<s>Prosecutors</s> charged <t>the banker</t> with fraud.")]
    [InlineData("Accuse", "<s>Norland</s> expressed concern over the arrests in <t>Sudria</t>.")]
    [InlineData("Accuse", "<s>Norland</s> opened an inquiry into <t>the company</t>.")]
    [InlineData("Accuse", "<s>The group</s> sued <t>the ministry</t>.")]
    [InlineData("Accuse", "<s>Norland</s> said <t>Sudria</t> was behind the attack.")]
    [InlineData("Accuse", "<s>Norland</s> called <t>Sudria</t> a threat to peace.")]
    [InlineData("Accuse", "<s>The minister</s> said the attack by <t>Sudria</t> was unacceptable.")]
    [InlineData("Accuse", "<s>The union</s> criticised <t>the bank</t>.")]
    [InlineData("Accuse", "<s>A court</s> found <t>the minister</t> guilty.")]
    [InlineData("Accuse", "<s>The inspectors</s> are examining claims against <t>the army</t>.")]
    [InlineData("Accuse", "<s>Norland</s> has filed a complaint against <t>Sudria</t>.")]
    [InlineData(
        "Accuse",
        "In a statement released on Tuesday, <s>the Foreign Ministry of Norland</s> strongly condemned <t>the Sudrian government</t> for the shelling of a border town that killed three people."
    )]
    [InlineData("Reject", "<s>Norland</s> refused to meet <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> turned down an offer by <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> denied the accusations of <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> will not pull its troops out of <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> ruled out talks with <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> vetoed a resolution against <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> said it would not negotiate with <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> cancelled a meeting with <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> has no intention of helping <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> opposed the plan of <t>Sudria</t>.")]
    [InlineData("Reject", "<s>Norland</s> ignored the warnings of <t>Sudria</t>.")]
    [InlineData("Reject", "<s>The president</s> is unwilling to meet <t>the rebels</t>.")]
    [InlineData(
        "Reject",
        "<s>The government of Norland</s>, under pressure from unions, has so far refused to grant <t>the workers</t> a pay rise."
    )]
    [InlineData(
        "Reject",
        "<s>The rebels</s> said on Sunday they would not take part in peace talks with <t>the government</t> until the siege ends."
    )]
    [InlineData("Threaten", "<s>Norland</s> threatened to cut ties with <t>Sudria</t>.")]
    [InlineData("Threaten", "<s>Norland</s> warned <t>Sudria</t> of serious consequences.")]
    [InlineData("Threaten", "<s>Norland</s> will impose sanctions on <t>Sudria</t>.")]
    [InlineData("Threaten", "<s>The rebels</s> gave <t>the government</t> an ultimatum.")]
    [InlineData("Threaten", "<s>Norland</s> said it would strike <t>Sudria</t> if the talks failed.")]
    [InlineData("Threaten", "<s>The union</s> is planning a strike against <t>the company</t>.")]
    [InlineData("Threaten", "<s>The group</s> vowed to avenge the death by attacking <t>Sudria</t>.")]
    [InlineData("Threaten", "<s>Norland</s> may expel <t>Sudrian diplomats</t>.")]
    [InlineData("Threaten", "<s>Norland</s> is considering a ban on flights from <t>Sudria</t>.")]
    [InlineData("Threaten", "<s>The minister</s> said <t>Sudria</t> would pay a heavy price.")]
    [InlineData("Threaten", "<s>Norland</s> is preparing to invade <t>Sudria</t>.")]
    [InlineData(
        "Threaten",
        "<s>The militants</s> threatened on Sunday to kill <t>two hostages</t> unless their demands are met."
    )]
    [InlineData(
        "Threaten",
        "<s>The president</s> warned that Norland would take military action against <t>Sudria</t> if the attacks continue."
    )]
    [InlineData(
        "Threaten",
        "<s>The European bloc</s> is ready to impose new sanctions on <t>Sudria</t>, its foreign policy chief said."
    )]
    [InlineData("Protest", "<s>Thousands of students</s> demonstrated against <t>the government</t>.")]
    [InlineData("Protest", "<s>Workers</s> went on strike at <t>the port</t>.")]
    [InlineData("Protest", "<s>Farmers</s> blocked roads in protest against <t>the ministry</t>.")]
    [InlineData("Protest", "<s>Crowds</s> took to the streets against <t>the president</t>.")]
    [InlineData("Protest", "<s>The inmates</s> began a hunger strike against <t>the prison</t>.")]
    [InlineData("Protest", "<s>Voters</s> boycotted the election called by <t>the junta</t>.")]
    [InlineData("Protest", "<s>Protesters</s> burned a flag of <t>Sudria</t>.")]
    [InlineData("Protest", "<s>Students</s> clashed with <t>riot police</t> during a rally.")]
    [InlineData(
        "Protest",
        "Tens of thousands of <s>people</s> rallied in the capital to demand the resignation of <t>President Karim</t>."
    )]
    [InlineData(
        "Protest",
        "<s>Nurses</s> walked out of hospitals across the country over pay offered by <t>the health ministry</t>."
    )]
    [InlineData("Protest", "<s>Angry residents</s> threw stones at <t>the embassy</t> and set tyres on fire.")]
    [InlineData("Protest", "<s>Students</s> staged a sit-in outside <t>the education ministry</t>.")]
    [InlineData("Sanction", "<s>Norland</s> recalled its ambassador from <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> cut off aid to <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> broke off diplomatic relations with <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> closed its embassy in <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> suspended military cooperation with <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> imposed an arms embargo on <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> expelled four diplomats of <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> banned imports of fish from <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> pulled out of the treaty with <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> stopped selling weapons to <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> froze the assets of <t>Sudrian officials</t>.")]
    [InlineData("Sanction", "<s>The union</s> suspended <t>Sudria</t> from the organisation.")]
    [InlineData("Sanction", "<s>Norland</s> withdrew its observers from <t>Sudria</t>.")]
    [InlineData("Sanction", "<s>Norland</s> has halved its development aid to <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>Norland</s> massed tanks on the border with <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>Norland</s> put its army on alert against <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>Norland</s> sent warships towards <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>Police</s> stepped up patrols around <t>the stadium</t>.")]
    [InlineData("Mobilize", "<s>Norland</s> staged military drills near the border of <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>Norland</s> reinforced its troops along the frontier with <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>The government</s> deployed riot police in <t>the capital</t>.")]
    [InlineData("Mobilize", "<s>Norland</s> tested a ballistic missile that can reach <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>Norland</s> has moved an aircraft carrier closer to <t>Sudria</t>.")]
    [InlineData("Mobilize", "<s>The army</s> sent tanks into <t>the streets of the capital</t>.")]
    [InlineData("Mobilize", "<s>Thousands of soldiers</s> were deployed along the border with <t>Sudria</t>.")]
    [InlineData(
        "Mobilize",
        "<s>Norland</s> placed its air force on high alert after <t>Sudria</t> closed its airspace."
    )]
    [InlineData("Mobilize", "<s>Norland</s> called up reservists as tensions with <t>Sudria</t> rose.")]
    [InlineData("Mobilize", "<s>Norland</s> flew bombers near <t>Sudria</t>.")]
    [InlineData("Coerce", "<s>Police</s> detained <t>30 protesters</t> on Friday.")]
    [InlineData("Coerce", "<s>Norland</s> deported <t>two Sudrian men</t>.")]
    [InlineData("Coerce", "<s>The government</s> banned <t>the opposition party</t>.")]
    [InlineData("Coerce", "<s>The junta</s> imposed a curfew in <t>the capital</t>.")]
    [InlineData("Coerce", "<s>Police</s> used tear gas to disperse <t>students</t>.")]
    [InlineData("Coerce", "<s>Soldiers</s> raided <t>the offices of the newspaper</t>.")]
    [InlineData("Coerce", "<s>The court</s> sentenced <t>the blogger</t> to five years in prison.")]
    [InlineData("Coerce", "<s>Norland</s> seized <t>the ship's cargo</t>.")]
    [InlineData("Coerce", "<s>Authorities</s> have shut down <t>four radio stations</t>.")]
    [InlineData("Coerce", "<s>The state</s> blocked access to <t>social media sites</t>.")]
    [InlineData("Coerce", "<s>Hackers from Norland</s> broke into <t>the parliament's network</t>.")]
    [InlineData("Coerce", "<s>Norland</s> has restricted the movement of <t>foreign reporters</t>.")]
    [InlineData("Coerce", "<s>Norland</s> declared a state of emergency in <t>the province</t>.")]
    [InlineData("Coerce", "<s>Police</s> cracked down on <t>demonstrators</t>.")]
    [InlineData("Assault", "<s>Norland</s> bombed <t>Sudria</t>.")]
    [InlineData("Assault", "<s>Gunmen</s> opened fire on <t>a bus</t>.")]
    [InlineData("Assault", "<s>The rebels</s> seized control of <t>the town</t>.")]
    [InlineData("Assault", "<s>Militants</s> kidnapped <t>a priest</t>.")]
    [InlineData("Assault", "<s>A suicide bomber</s> blew himself up near <t>a police post</t>.")]
    [InlineData("Assault", "<s>Norland</s> carried out air strikes against <t>the group</t>.")]
    [InlineData("Assault", "<t>Four soldiers</t> were killed by <s>the rebels</s>.")]
    [InlineData("Assault", "<s>Guards</s> tortured <t>the prisoner</t>.")]
    [InlineData("Assault", "<s>The army</s> violated the truce with <t>the rebels</t>.")]
    [InlineData("Assault", "<s>Norland</s> blockaded the ports of <t>Sudria</t>.")]
    [InlineData("Assault", "<s>The army</s> fired rockets at <t>the village</t>.")]
    [InlineData("Assault", "<s>Soldiers</s> fought with <t>the rebels</t>.")]
    [InlineData("Assault", "<s>The gang</s> took <t>three nuns</t> hostage.")]
    [InlineData(
        "Assault",
        "<s>Rebel fighters</s> ambushed <t>an army convoy</t> near the border, killing at least nine soldiers."
    )]
    public void What_one_party_does_to_the_other_is_told(string relation, string marked)
    {
        Assert.Equal(relation, Between(marked)?.Relation.ToString());
    }

    [Theory]
    [InlineData("Assault", "Norland accused <s>Sudria</s> of attacking <t>Estria</t>.")]
    [InlineData("Accuse", "<s>Norland</s> accused <t>Sudria</t> of bombing Estria.")]
    [InlineData("Request", "<s>Norland</s> urged <t>Estria</t> to impose sanctions on Sudria.")]
    [InlineData("Accuse", "<s>Norland</s> called for sanctions against <t>Sudria</t>.")]
    [InlineData("Accuse", "<s>Norland</s>'s condemnation of <t>Sudria</t> was praised by Estria.")]
    [InlineData("Consult", "Talks between <s>Norland</s> and <t>Sudria</t> went on for days.")]
    [InlineData("Sanction", "The talks between <s>Norland</s> and <t>Sudria</t> broke down.")]
    public void Of_several_happenings_that_between_the_two_is_taken(string relation, string marked)
    {
        Assert.Equal(relation, Between(marked)?.Relation.ToString());
    }

    [Fact]
    public void Nothing_is_told_where_no_word_tells_it()
    {
        Assert.Null(Between("<s>Norland</s> lies north of <t>Sudria</t>."));
    }

    private static Interaction? Between(string marked)
    {
        var plain = marked.Replace("<s>", "").Replace("</s>", "").Replace("<t>", "").Replace("</t>", "");
        var tree = Assert.Single(Parser.Shipped.Parse(plain));
        return RelationCoder.Between(tree, Marked(marked, 's'), Marked(marked, 't'));
    }

    private static Span Marked(string marked, char mark)
    {
        var before = marked[..marked.IndexOf($"<{mark}>", StringComparison.Ordinal)];
        var until = marked[..marked.IndexOf($"</{mark}>", StringComparison.Ordinal)];
        return Span.Between(Length(before), Length(until));
    }

    private static int Length(string marked) =>
        marked.Replace("<s>", "").Replace("</s>", "").Replace("<t>", "").Replace("</t>", "").Length;
}
