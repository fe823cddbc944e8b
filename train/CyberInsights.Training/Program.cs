using CyberInsights.Training.Syntax;

return args switch
{
    ["train", "parser", "--data", var data] => ParserTraining.Run(data, ParserTraining.ModelPath),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Makes the data files that the program carries, from the corpora in DIR.

        train parser --data DIR   the English parser, from the training part of the English Web Treebank
        """
    );
    return 2;
}
