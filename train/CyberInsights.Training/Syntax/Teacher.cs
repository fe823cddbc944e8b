using CyberInsights.Text.Syntax;

namespace CyberInsights.Training.Syntax;

/// <summary>
/// Goes through the lessons of a school again and again, in batches. A batch is halved between two threads whose slopes are added in
/// fixed order, so that the result does not depend on their pace.
/// </summary>
internal sealed class Teacher
{
    private const int BatchWords = 500;

    // Falls to nothing towards the end, which stands in for an average over the last weights.
    private const float Rate = 0.002f;

    // Steps until the rate is reached.
    private const float WarmUp = 200;

    private static readonly Dropout Dropout = new(Words: 0.2f, Lower: 0.25f, Upper: 0.25f, Roles: 0.15f);

    private readonly School school;
    private readonly Dictionary<Dense, Dense> back = [];
    private readonly TrainingStep[] halves;
    private readonly Adam adam;
    private readonly Random random;
    private readonly int words;
    private readonly double planned;
    private int steps;

    internal Teacher(School school, int epochs, int seed)
    {
        this.school = school;
        random = new Random(seed);
        halves = [new(school, back, Dropout), new(school, back, Dropout)];
        adam = new Adam(school);
        words = school.Lessons.Sum(l => l.Heads.Length);
        planned = epochs * (double)words / BatchWords;
    }

    /// <summary>Goes through all lessons once.</summary>
    /// <returns>The loss of a word, before its batch was learnt from.</returns>
    internal double Teach()
    {
        var loss = 0.0;
        foreach (var batch in Batches())
        {
            Learn(batch);
            loss += halves.Sum(h => h.Loss);
            steps++;
        }
        return loss / words;
    }

    private void Learn(List<Lesson> batch)
    {
        foreach (var layer in school.Network.Layers)
        {
            back[layer] = Layers.Transpose(layer);
        }
        var scale = 1f / batch.Sum(l => l.Heads.Length);
        Parallel.For(
            0,
            halves.Length,
            h =>
            {
                halves[h].Clear();
                var seed = (ulong)(steps * halves.Length + h);
                halves[h].Run([.. batch.Where((_, i) => i % halves.Length == h)], scale, seed);
            }
        );
        halves[0].AddSlopes(halves[1]);
        var left = Math.Max(0, 1 - steps / planned);
        adam.Move(halves[0], (float)(Rate * left * Math.Min(1, (steps + 1) / WarmUp)));
    }

    // Sentences of about the same length stand together, which keeps the matrices full.
    private List<Lesson>[] Batches()
    {
        var ordered = school
            .Lessons.Select(l => (Lesson: l, Key: l.Heads.Length + 4 * random.NextDouble()))
            .OrderBy(p => p.Key);
        var batches = new List<List<Lesson>>();
        var room = 0;
        foreach (var (lesson, _) in ordered)
        {
            if (room <= 0)
            {
                batches.Add([]);
                room = BatchWords;
            }
            batches[^1].Add(lesson);
            room -= lesson.Heads.Length;
        }
        var shuffled = batches.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
