using CyberInsights.Benchmarks.Eval;
using CyberInsights.Benchmarks.Gallery;
using CyberInsights.Benchmarks.Speed;
using CyberInsights.Storage;

NativeHeap.KeepTogether();
return args switch
{
    ["eval", .. var rest] => await EvalCommand.RunAsync(rest),
    ["bench", .. var rest] => await SpeedCommand.RunAsync(rest),
    ["gallery", var folder] => await GalleryCommand.RunAsync(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        eval [--suite NAME] --data DIR   how well: suites over real corpora; the last line is JSON
        gallery DIR                      how it looks: every kind of page in Chromium, examined by axe
        bench [--filter NAME]            how fast: the front page, the replay, text
        """
    );
    return 2;
}
