using System.Buffers.Binary;
using System.Text;

namespace CyberInsights.Training.Gather;

/// <summary>A catalogue of translated texts as GNU gettext writes it (manual, section "The Format of GNU MO Files"), little-endian.</summary>
internal static class MessageFile
{
    private const uint Magic = 0x950412de;

    internal static Dictionary<string, string> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (Word(0) != Magic)
        {
            throw new InvalidDataException($"{path} is no little-endian MO file.");
        }
        var (count, keys, texts) = ((int)Word(8), (int)Word(12), (int)Word(16));
        return Enumerable.Range(0, count).ToDictionary(i => Text(keys + (8 * i)), i => Text(texts + (8 * i)));

        uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
        string Text(int at) => Encoding.UTF8.GetString(bytes, (int)Word(at + 4), (int)Word(at));
    }
}
