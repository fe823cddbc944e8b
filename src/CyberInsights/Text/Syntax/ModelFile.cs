using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CyberInsights.Text.Syntax;

/// <summary>What the parser knows.</summary>
internal sealed record Model(Network Network, Lemmas Lemmas);

/// <summary>
/// The model as a file: names and widths, the known features, their vectors as one byte a value with a scale for each, all other
/// weights as half floats, then irregular lemmas. Little-endian.
/// </summary>
internal static class ModelFile
{
    private const string Mark = "CI-syntax-1";

    internal static void Write(Model model, Stream stream)
    {
        var network = model.Network;
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Mark);
        var widths = network.Widths;
        int[] sizes = [widths.Word, widths.Lower, widths.Upper, widths.Arc, widths.Relation];
        Array.ForEach(sizes, writer.Write);
        WriteNames(writer, network.Labels.Upos);
        WriteNames(writer, network.Labels.Xpos);
        WriteNames(writer, network.Labels.Relations);
        writer.Write(network.Labels.Pairs.Length);
        foreach (var (upos, xpos) in network.Labels.Pairs)
        {
            writer.Write((byte)upos);
            writer.Write((byte)xpos);
        }
        writer.Write(network.Lexicon.Features.Length);
        writer.Write(MemoryMarshal.AsBytes(network.Lexicon.Features.AsSpan()));
        WriteVectors(writer, network.Lexicon);
        foreach (var weight in network.Weights.SelectMany(w => w))
        {
            writer.Write((Half)weight);
        }
        writer.Write(model.Lemmas.Irregular.Count);
        foreach (var ((word, upos), lemma) in model.Lemmas.Irregular)
        {
            writer.Write(word);
            writer.Write(upos);
            writer.Write(lemma);
        }
    }

    /// <exception cref="InvalidDataException">The stream holds no model of this form.</exception>
    internal static Model Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        if (reader.ReadString() != Mark)
        {
            throw new InvalidDataException(
                "This is no syntax model of this version; make it anew with `make train MODEL=parser`."
            );
        }
        var widths = new Widths(
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadInt32()
        );
        var (upos, xpos, relations) = (ReadNames(reader), ReadNames(reader), ReadNames(reader));
        var pairs = new (int, int)[reader.ReadInt32()];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = (reader.ReadByte(), reader.ReadByte());
        }
        var features = new uint[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(features.AsSpan()));
        var network = new Network(new Labels(upos, xpos, relations, pairs), features, widths);
        ReadVectors(reader, network.Lexicon);
        foreach (var weights in network.Weights)
        {
            ReadHalves(reader, weights);
        }
        var irregular = new Dictionary<(string, string), string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            irregular[(reader.ReadString(), string.Intern(reader.ReadString()))] = reader.ReadString();
        }
        return new Model(network, new Lemmas(irregular));
    }

    private static void WriteVectors(BinaryWriter writer, Lexicon lexicon)
    {
        for (var at = 0; at < lexicon.Vectors.Length; at += lexicon.Width)
        {
            var vector = lexicon.Vectors.AsSpan(at, lexicon.Width);
            var scale = vector.ToArray().Max(MathF.Abs) / sbyte.MaxValue;
            writer.Write(scale);
            foreach (var value in vector)
            {
                writer.Write((sbyte)(scale == 0 ? 0 : MathF.Round(value / scale)));
            }
        }
    }

    // Run once over four million values: compiled well from the start instead of after many rounds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadVectors(BinaryReader reader, Lexicon lexicon)
    {
        var bytes = new sbyte[lexicon.Width];
        for (var at = 0; at < lexicon.Vectors.Length; at += lexicon.Width)
        {
            var scale = reader.ReadSingle();
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(bytes.AsSpan()));
            for (var i = 0; i < bytes.Length; i++)
            {
                lexicon.Vectors[at + i] = scale * bytes[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadHalves(BinaryReader reader, float[] weights)
    {
        var halves = new Half[weights.Length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)halves[i];
        }
    }

    private static void WriteNames(BinaryWriter writer, string[] names) => writer.Write(string.Join(' ', names));

    private static string[] ReadNames(BinaryReader reader) => reader.ReadString().Split(' ');
}
