using CyberInsights.Training.Gather;
using CyberInsights.Training.Tagging;

return args switch
{
    ["knowledge", "--data", var data] => KnowledgeCommand.Run(data),
    ["train", "names", "--data", var data] => TrainNames.Run(data),
    ["validate", "names", "--data", var data] => TrainNames.CrossValidate(data),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Makes the data files that the program carries, from the corpora in DIR.

          knowledge --data DIR      names, aliases and their namers: src/CyberInsights/Recognise/Lists/knowledge.tsv
          train names --data DIR    the tagger of names: src/CyberInsights/Recognise/Models/names.bin
          validate names --data DIR    its cross validation on the training part
        """
    );
    return 2;
}
