namespace CyberInsights.Tests.Recognise;

/// <summary>Headline and text of the page that the newsroom was made after.</summary>
internal static class ModelPage
{
    internal const string Title = "Czech Republic Blames China for Cyberattack; Beijing Denies Claims";

    internal const string Text = """
        The Czech Republic on Wednesday accused China of carrying out a “malicious cyber

        campaign” that targeted a communication network used for unclassified matters within its Foreign Affairs Ministry. China has denied the allegations. 

        In response, China’s embassy in Prague urged the Czech government to stop what it called “microphone diplomacy.” According to the Czech government, the attacks began during its 2022 presidency of the European Union and were carried out by the cyber espionage group APT31. This group has been publicly linked to the Chinese Ministry of State Security. 

        Foreign Minister Jan Lipavsky stated that after the breach was detected, the ministry implemented a new, more secure communications system in 2024. “I summoned the Chinese ambassador to make it clear that such hostile acts carry serious consequences for our bilateral relationship,” he said. 

        Lipavsky explained that the attacks mainly targeted email and other documents, with a focus on Asia-related information. The Czech government, in an official statement, strongly condemned the cyber campaign against its critical infrastructure. 

        In its own statement, the Chinese embassy voiced “strong concern and firm opposition” to the accusations. It urged the Czech Republic to reverse what it described as incorrect behavior and abandon its approach of publicly criticizing China. The embassy also defended China’s position on APT31, stating that previous technical analyses had shown a lack of sufficient evidence and that conclusions about the group lacked professionalism. 

        NATO and the European Union expressed their support for the Czech Republic. Britain labeled the incident as troubling, while the United States condemned the cyber actions. “This is yet another example of harmful cyber activity from APT31, and we urge China to act responsibly in cyberspace and honor its international obligations,” the U.S. embassy in Prague said. 

        The European Union noted that its member states have increasingly become targets of cyber attacks believed to originate from China. EU foreign policy chief Kaja Kallas called on all nations, including China, to put an end to such conduct. “States should not permit their territories to be used for malicious cyber activities,” she said.
        """;
}
