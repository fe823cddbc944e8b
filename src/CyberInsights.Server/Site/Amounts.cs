namespace CyberInsights.Server.Site;

/// <summary>Numbers that reports give, in the words and digits of a language.</summary>
internal static class Amounts
{
    // Bytes, in the order of their names under number.sizes.
    private static readonly double[] Sizes = [1e15, 1e12, 1e9, 1e6];

    extension(Language language)
    {
        /// <summary>A number as its words bound it: "15,000 or more", "2 to 3 TB", "about 40".</summary>
        /// <param name="unit">As of <see cref="Fact.Unit"/>.</param>
        internal string Amount(double? least, double? most, bool approximate, string? unit) =>
            (least, most) switch
            {
                ({ } from, { } to) when from < to => language.Strings.Format(
                    "number.range",
                    language.Sum(from, null),
                    language.Sum(to, unit)
                ),
                ({ } from, null) => language.Strings.Format("number.above", language.Sum(from, unit)),
                (null, { } to) => language.Strings.Format("number.below", language.Sum(to, unit)),
                _ when approximate => language.Strings.Format("number.about", language.Sum(least ?? 0, unit)),
                _ => language.Sum(least ?? 0, unit),
            };

        /// <summary>A number as <c>dossier_changes</c> keeps it: <c>15000</c>, <c>&gt;3</c>, <c>&lt;3</c>, <c>2-3</c>.</summary>
        internal string Amount(string kept, string unit)
        {
            var parts = kept.TrimStart('<', '>').Split('-', 2);
            var (first, last) = (Parsed(parts[0]), Parsed(parts[^1]));
            return language.Amount(
                kept.StartsWith('<') ? null : first,
                kept.StartsWith('>') ? null : last,
                approximate: false,
                unit.Length == 0 ? null : unit
            );
        }

        private string Sum(double number, string? unit)
        {
            if (unit != "B")
            {
                return unit is null
                    ? language.Number(number)
                    : language.Strings.Format("number.sum", language.Number(number), unit);
            }
            var size = Array.FindIndex(Sizes, bytes => number >= bytes);
            size = size < 0 ? Sizes.Length - 1 : size;
            var name = language.Strings["number.sizes"].Split('|')[size];
            return language.Strings.Format("number.sum", language.Number(number / Sizes[size]), name);
        }
    }

    private static double Parsed(string digits) =>
        double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}
