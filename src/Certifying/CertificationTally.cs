namespace RbpfSpec.Certifying;

/// <summary>How many refutations were certified, and why others were not.</summary>
/// <param name="Checked">With a proof that was checked.</param>
/// <param name="Simplified">By simplification alone.</param>
/// <param name="Others">The others, by reason.</param>
public sealed record CertificationTally(int Checked, int Simplified, IReadOnlyDictionary<string, int> Others)
{
    /// <summary>Counts.</summary>
    public static CertificationTally Of(IEnumerable<Certification> certifications)
    {
        var (proofs, simplified) = (0, 0);
        SortedDictionary<string, int> others = new(StringComparer.Ordinal);
        foreach (var each in certifications)
        {
            switch (each)
            {
                case Certification.Checked:
                    proofs++;
                    break;
                case Certification.Simplified:
                    simplified++;
                    break;
                case Certification.Excluded(var reason):
                    others[reason] = others.GetValueOrDefault(reason) + 1;
                    break;
                case Certification.Failed(var problem):
                    others[problem] = others.GetValueOrDefault(problem) + 1;
                    break;
                case Certification.Contradicted:
                    others["contradicted"] = others.GetValueOrDefault("contradicted") + 1;
                    break;
            }
        }

        return new(proofs, simplified, others);
    }

    /// <summary>How many there are.</summary>
    public int Total => Checked + Simplified + Others.Values.Sum();

    /// <summary>Why those that are not certified are not, in words; empty if all are.</summary>
    public string Reasons => string.Join(", ", Others.Select(each => $"{each.Value} {each.Key}"));
}
