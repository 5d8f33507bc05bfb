"""The model beside published results: cases as files, what the model gives, and how far apart."""
