using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Tests.Lookup;

public class VocabularyTests
{
    [Fact]
    public void Every_phrase_leads_to_a_place_that_exists() =>
        Vocabulary.Table.Phrases.Keys.Except(Place.All(Repository.Book.Chapters).Select(place => place.Id)).ShouldBeEmpty();

    [Fact]
    public void Every_phrase_leads_to_its_place_among_the_first()
    {
        var index = Repository.Book.Index;
        List<string> lost = [];
        foreach (var (id, phrases) in Vocabulary.Table.Phrases)
        {
            foreach (var phrase in phrases)
            {
                var found = index.Ask(phrase).Places.Select(place => place.Id).Take(10).ToList();
                if (!found.Contains(id)) lost.Add($"{phrase} does not lead to {id}, but to {string.Join(", ", found)}");
            }
        }

        lost.ShouldBeEmpty();
    }

    [Fact]
    public void Words_that_say_nothing_are_no_words_for_one_thing() =>
        Vocabulary.Table.Groups.SelectMany(group => group).Where(Vocabulary.Table.Ignored.Contains).ShouldBeEmpty();
}
